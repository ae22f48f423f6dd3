import type { AirEvent } from './AirEvent.js';
import type { Mac48 } from './Mac48.js';

/**
 * The frame in hand, and whom to tell of it. One object serves all frames, each step writing down what it found, so that a frame
 * that does not matter costs nothing but a look.
 */
export interface Hearing {
  tell: (event: AirEvent) => void;
  frame: number;
  /** The number of its first try, if it was sent again. */
  first: number;
  time: number;
  bytes: Uint8Array;
  /** Where the frame begins and ends: at first the record, then the 802.11 frame without what the capture put around it. */
  start: number;
  end: number;
  /** How fast it was sent, in steps of 500 kb/s; 0 where the capture does not say. */
  rate: number;
  /** Where the frame before it begins; -1 where it was the last of its batch, and then who sent that one, if it says so. */
  before: number;
  readonly sentBefore: Uint8Array;
  /** Whether the MAC header is padded to four octets, as some drivers deliver it. */
  isPadded: boolean;
  /** Whether the FCS is off already, so that nobody need look for it. */
  isTrimmed: boolean;
  /** Where the body begins: behind the MAC header, or, on a wire, the EAPOL packet. */
  body: number;
  /** On a wire: who sent it, and to whom; 0 where the capture does not say. */
  sender: Mac48;
  receiver: Mac48;
}

export const createHearing = (): Hearing => ({
  tell: () => undefined,
  frame: 0,
  first: 0,
  time: 0,
  bytes: new Uint8Array(0),
  start: 0,
  end: 0,
  rate: 0,
  before: -1,
  sentBefore: new Uint8Array(6),
  isPadded: false,
  isTrimmed: false,
  body: 0,
  sender: 0,
  receiver: 0,
});

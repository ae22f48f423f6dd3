import type { EapVendorType } from '../../../../streams/frames/index.js';
import type { Step } from '../../Step.js';
import type { EapFault } from '../EapFault.js';
import type { EapKeys, EapPeerMethod } from '../EapPeerMethod.js';
import type { PeerOutput } from './Peer.js';

/** A request, whichever of the two forms its type came in (RFC 3748 5.7). */
export interface Request {
  readonly identifier: number;
  /** Of one octet where it can be; `EXPANDED` for a vendor's own. */
  readonly type: number;
  /** Exactly when it came in the expanded form: the response is to have the same. */
  readonly expanded?: EapVendorType;
  readonly data: Uint8Array;
  /** All of it, by which a repetition is known. */
  readonly octets: Uint8Array;
}

/** What was answered last: a repetition gets the same again (RFC 3748 4.1). */
interface Exchange {
  readonly request: Request;
  readonly response: Uint8Array;
}

export interface Acceptance {
  readonly isFinal: boolean;
  readonly isProven: boolean;
  readonly keys?: EapKeys;
}

/** The method that speaks, and what it has said of the outcome. */
export interface Chosen {
  readonly method: EapPeerMethod;
  readonly state: unknown;
  /** Turns of TLS and questions to a person that have not come back. */
  readonly outstanding: number;
  /** From the first answer on there is no other method (RFC 3748 2.1). */
  readonly hasAnswered: boolean;
  readonly acceptance: Acceptance | undefined;
  readonly fault: EapFault | undefined;
  /** Why the server is going to refuse, if it does. */
  readonly explanation: EapFault | undefined;
}

export interface Conversing {
  readonly phase: 'conversing';
  /** All that came, whatever was made of it. */
  readonly packets: number;
  readonly rounds: number;
  readonly identities: number;
  readonly last: Exchange | undefined;
  readonly chosen: Chosen | undefined;
  /** The request the method is at work on. */
  readonly inHand: Request | undefined;
  /** Requests that came meanwhile. */
  readonly waiting: ReadonlyArray<Request>;
  /** The names of methods that were proposed in vain. */
  readonly declined: ReadonlyArray<string>;
  /** A Success came that no server would have sent. */
  readonly wasMisled: boolean;
}

/** Where an EAP peer stands. */
export type PeerState = Conversing | { readonly phase: 'over' };

export type PeerStep = Step<PeerState, PeerOutput>;

export const conversing: Conversing = {
  phase: 'conversing',
  packets: 0,
  rounds: 0,
  identities: 0,
  last: undefined,
  chosen: undefined,
  inHand: undefined,
  waiting: [],
  declined: [],
  wasMisled: false,
};
export const over: PeerState = { phase: 'over' };

/** Whether the method waits for something other than the server. */
export const isBusy = ({ chosen }: Conversing): boolean => chosen !== undefined && chosen.outstanding > 0;

export const withoutRequest = (state: Conversing): Conversing => ({ ...state, inHand: undefined });
export const withoutMethod = (state: Conversing): Conversing => ({ ...state, chosen: undefined });

/** A method that has just been chosen. */
export const chosenNow = (method: EapPeerMethod, state: unknown): Chosen => ({
  ...{ method, state, outstanding: 0, hasAnswered: false },
  ...{ acceptance: undefined, fault: undefined, explanation: undefined },
});

import { isLeft } from 'fp-ts/lib/Either.js';
import { type EapolKey, type MicLength, readEapolKey } from '../../../streams/frames/index.js';
import type { AirFrame } from '../airFrames.js';
import type { Recording } from './recording.js';

/** An EAPOL packet of one of the two. */
export interface Spoken {
  readonly from: 'station' | 'accessPoint';
  readonly packet: Uint8Array;
  readonly time: number;
  /** Whether it was encrypted on the air, where the source can tell. */
  readonly isProtected?: boolean;
}

/** Something that happened to a station: a frame on the air, or what a log of the station itself tells. */
export type Happening =
  | { readonly kind: 'frame'; readonly time: number; readonly frame: AirFrame }
  | ({ readonly kind: 'packet' } & Spoken)
  | { readonly kind: 'oneXSucceeded'; readonly time: number };

/** An association with all that happened in it, wherever that is known from. */
export interface Exchange extends Omit<Recording, 'frames'> {
  readonly happenings: ReadonlyArray<Happening>;
}

export const exchangeOf = ({ frames, ...recording }: Recording): Exchange => ({
  ...recording,
  happenings: frames.map((frame) => ({ kind: 'frame', time: frame.time, frame })),
});

const EAPOL_KEY = 3;

export const isKeyPacket = (packet: Uint8Array): boolean => packet[1] === EAPOL_KEY;

export const keyOf = (packet: Uint8Array, micLength: MicLength): EapolKey | undefined => {
  if (!isKeyPacket(packet)) return undefined;
  const read = readEapolKey(packet, micLength);
  return isLeft(read) ? undefined : read.right;
};

export type StationMessage = 'message 2' | 'message 4' | 'group message 2' | 'request';

/** Which message of a station a packet is. The message 4 of some WPA stations has a nonce, so its key data decides. */
export const stationMessage = ({ information, keyData }: EapolKey): StationMessage => {
  if (information.request) return 'request';
  if (!information.pairwise) return 'group message 2';
  return keyData.length > 0 ? 'message 2' : 'message 4';
};

/** Whether a packet of an access point is a message 1. */
export const isMessage1 = ({ information }: EapolKey): boolean =>
  information.pairwise && information.ack && !information.install && !information.encrypted;

import type { Mark } from '../../../../streams/air/index.js';
import { equalBytes } from '../../../../streams/events/index.js';
import type { EapolKey } from '../../../../streams/frames/index.js';
import { type Ptk, zeroisePtk } from '../../rsn/keys/ptk.js';
import type { ElementMismatch, Handshake, Likeness, MessageSeen, MicCheck } from '../Connection.js';
import type { KeyUse } from '../protection/KeyUse.js';
import type { Candidate } from './Candidate.js';

/** A message while it can still turn out to be more than is known of it. */
export type GrowingMessage = { -readonly [K in keyof MessageSeen]: MessageSeen[K] };

/** A sighting, and what it was a sighting of. */
export interface Sighting {
  readonly seen: GrowingMessage;
  readonly key: EapolKey;
}

/** The sightings of one message, in a list that is replaced when there is another. */
export type Sightings = ReadonlyArray<Sighting>;

/** A message 2 whose access point's nonce is not known so far. */
export interface Unproven {
  readonly packet: Uint8Array;
  readonly sighting: Sighting;
}

/** Keys that the MIC of a message is made with. */
export interface ProvenKeys {
  readonly ptk: Ptk;
  readonly candidate: Candidate;
  readonly anonce: Uint8Array;
  readonly snonce: Uint8Array;
  /** Of its temporal key, once a frame came that it may have protected. */
  use: KeyUse | undefined;
}

export interface GrowingHandshake {
  readonly isRekey: boolean;
  readonly sightings: [Sightings, Sightings, Sightings, Sightings];
  /** The keys it goes on with, once a message proved any. */
  keys: ProvenKeys | undefined;
  /** Keys of message 2s that answered another nonce. */
  otherKeys: ReadonlyArray<ProvenKeys>;
  unproven: ReadonlyArray<Unproven>;
  isComplete: boolean;
  /** The access point used the key, so it has message 4, whatever it repeats. */
  isConfirmed: boolean;
  pmkid: Uint8Array | undefined;
  pmkidMatches: boolean | undefined;
  stationKey: Handshake['stationKey'];
  apKey: Handshake['apKey'];
  mismatches: ReadonlyArray<ElementMismatch>;
  /** Extended Key ID: which of the two keys it made. */
  keyId: number | undefined;
}

export interface GrowingGroup {
  readonly sightings: [Sightings, Sightings];
  isComplete: boolean;
}

const NOTHING: readonly never[] = [];

export const newHandshake = (isRekey: boolean): GrowingHandshake => ({
  isRekey,
  sightings: [NOTHING, NOTHING, NOTHING, NOTHING],
  keys: undefined,
  otherKeys: NOTHING,
  unproven: NOTHING,
  isComplete: false,
  isConfirmed: false,
  pmkid: undefined,
  pmkidMatches: undefined,
  stationKey: 'unknown',
  apKey: 'unknown',
  mismatches: NOTHING,
  keyId: undefined,
});

export const newSighting = (key: EapolKey, { frame, time }: Mark, isProtected: boolean): Sighting => ({
  key,
  seen: {
    frame,
    time,
    counter: key.replayCounter,
    nonce: key.nonce,
    mic: 'unchecked',
    isProtected,
    likeness: 'unknown',
    differences: NOTHING,
    faults: NOTHING,
    isRepetition: false,
  },
});

/** What a check of a message came to. */
export interface Judgement {
  readonly mic: MicCheck;
  readonly likeness: Likeness;
  readonly differences: ReadonlyArray<string>;
}

export const judge = ({ seen }: Sighting, { mic, likeness, differences }: Judgement): void => {
  seen.mic = mic;
  seen.likeness = likeness;
  seen.differences = differences;
};

/** Message 3 or 4 was seen, so a message 1 with another nonce begins something else. */
export const isPast2 = ({ sightings: [, , third, fourth] }: GrowingHandshake): boolean => third.length + fourth.length > 0;

export const hasNonce = (sightings: ReadonlyArray<Sighting>, nonce: Uint8Array): boolean => {
  for (const { key } of sightings) if (equalBytes(key.nonce, nonce)) return true;
  return false;
};

export const hasCounter = (sightings: ReadonlyArray<Sighting>, counter: bigint): boolean => {
  for (const { key } of sightings) if (key.replayCounter === counter) return true;
  return false;
};

export const isAnonceOf = ({ sightings: [first, , third] }: GrowingHandshake, nonce: Uint8Array): boolean =>
  hasNonce(first, nonce) || hasNonce(third, nonce);

/** Whether a frame was protected by the very key that this handshake makes. */
export const isUnderItsOwnKey = ({ keys }: GrowingHandshake, under: Uint8Array | undefined): boolean =>
  under !== undefined && keys !== undefined && equalBytes(keys.ptk.tk.reveal(), under);

export const zeroiseHandshake = ({ keys, otherKeys }: GrowingHandshake): void => {
  if (keys !== undefined) zeroisePtk(keys.ptk);
  for (const { ptk } of otherKeys) zeroisePtk(ptk);
};

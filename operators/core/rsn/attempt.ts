import { equalBytes, type Secret } from '../../../streams/events/index.js';
import { type Ptk, zeroisePtk } from './keys/ptk.js';

/** A message 1 that was answered. */
interface Heard {
  readonly anonce: Uint8Array;
  /** The lowest replay counter it came with: nobody can raise it by repeating the nonce. */
  readonly counter: bigint;
}

/**
 * A pairwise handshake between message 2 and message 3.
 *
 * Anybody can send a message 1, so none outdates another: all are answered with one SNonce, and message 3 decides which of
 * them counted.
 */
export interface Attempt {
  readonly snonce: Secret;
  /** Of the latest ANonce. */
  readonly ptk: Ptk;
  readonly anonce: Uint8Array;
  readonly heard: ReadonlyArray<Heard>;
  /** More were heard than are kept. */
  readonly isOverrun: boolean;
  /** How often the latest ANonce came again. */
  readonly repetitions: number;
}

/** The first is the likeliest to be genuine, so it is never the one that makes room. */
const KEPT = 8;

const keep = (heard: ReadonlyArray<Heard>, one: Heard): ReadonlyArray<Heard> =>
  heard.length < KEPT ? [...heard, one] : [...heard.slice(0, 1), ...heard.slice(2), one];

export const firstAttempt = (snonce: Secret, anonce: Uint8Array, counter: bigint, ptk: Ptk): Attempt => ({
  snonce,
  ptk,
  anonce,
  heard: [{ anonce, counter }],
  isOverrun: false,
  repetitions: 0,
});

const lowered = (heard: ReadonlyArray<Heard>, anonce: Uint8Array, counter: bigint): ReadonlyArray<Heard> =>
  heard.map((one) => (counter < one.counter && equalBytes(one.anonce, anonce) ? { anonce, counter } : one));

/** The same message 1 again: the keys stay. */
export const repeated = (attempt: Attempt, counter: bigint): Attempt => ({
  ...attempt,
  heard: lowered(attempt.heard, attempt.anonce, counter),
  repetitions: attempt.repetitions + 1,
});

/** Another ANonce: of the keys only the latest are kept, the others can be derived again. */
export const turnedTo = (attempt: Attempt, anonce: Uint8Array, counter: bigint, ptk: Ptk): Attempt => {
  zeroisePtk(attempt.ptk);
  const isKnown = attempt.heard.some((one) => equalBytes(one.anonce, anonce));
  return {
    ...attempt,
    ...{ anonce, ptk, repetitions: 0 },
    heard: isKnown ? lowered(attempt.heard, anonce, counter) : keep(attempt.heard, { anonce, counter }),
    isOverrun: attempt.isOverrun || (!isKnown && attempt.heard.length >= KEPT),
  };
};

export const hasHeard = ({ heard }: Attempt, anonce: Uint8Array): boolean => heard.some((one) => equalBytes(one.anonce, anonce));

/**
 * What message 3 has to be above. Once some were forgotten, a forger who repeats a nonce with a higher counter could be all that
 * is remembered of it, so only the first one counts then.
 */
export const counterOf = ({ heard, isOverrun }: Attempt, anonce: Uint8Array): bigint | undefined =>
  (isOverrun ? heard.slice(0, 1) : heard).find((one) => equalBytes(one.anonce, anonce))?.counter;

export const isLatest = (attempt: Attempt, anonce: Uint8Array): boolean => equalBytes(attempt.anonce, anonce);

export const zeroiseAttempt = (attempt: Attempt): void => {
  zeroisePtk(attempt.ptk);
  attempt.snonce.zeroise();
};

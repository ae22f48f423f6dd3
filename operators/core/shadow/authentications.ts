import type { Authentication } from '../../../streams/air/index.js';
import { AuthenticationAlgorithm, StatusCode } from '../../../streams/frames/index.js';
import { type Attempt, keep } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import type { Register } from './Register.js';
import type { Scene } from './Scene.js';

const { SUCCESS, ANTI_CLOGGING_TOKEN_REQUIRED, UNSUPPORTED_FINITE_CYCLIC_GROUP, SAE_HASH_TO_ELEMENT, SAE_PK } = StatusCode.codes;

const { SAE } = AuthenticationAlgorithm.codes;

/** With these an exchange goes on (IEEE 802.11-2020 12.4.7.6, 12.4.8.6.4); with any other it has failed. */
const GOES_ON: ReadonlySet<number> = new Set([
  SUCCESS,
  ANTI_CLOGGING_TOKEN_REQUIRED,
  UNSUPPORTED_FINITE_CYCLIC_GROUP,
  SAE_HASH_TO_ELEMENT,
  SAE_PK,
]);

const OPENING = { medium: 'air', beginning: 'authentication' } as const;

/** A station that was refused, or goes about it otherwise, tries anew; else it repeats itself. */
const isAnew = ({ isRefused, authentications }: Attempt, { transaction, algorithm }: Authentication): boolean =>
  transaction === 1 && (isRefused || authentications.at(-1)?.algorithm !== algorithm);

/** An answer that is repeated although the association is already under way. */
const lateAnswerOf = (register: Register, { station, ap }: Authentication): Attempt | undefined => {
  const standing = register.find(station, ap, 'associated');
  const isFresh = standing?.hadEapol === false && register.clock.elapsed - standing.heardAt < SECOND;
  return isFresh ? standing : undefined;
};

const attemptOf = (register: Register, event: Authentication): Attempt => {
  const candidate = register.find(event.station, event.ap, 'authenticating');
  const begin = (): Attempt => register.begin(event, OPENING);
  if (event.from === 'ap') return candidate ?? lateAnswerOf(register, event) ?? begin();
  if (candidate === undefined) return begin();
  if (!isAnew(candidate, event)) return candidate;
  register.retire(candidate, 'associatedAnew');
  return begin();
};

/** An authentication does not end a connection: a station may prepare for another access point, and anybody may forge one. */
export const takeAuthentication = ({ register }: Scene, event: Authentication): void => {
  const { frame, time, from, algorithm, transaction, status } = event;
  const attempt = attemptOf(register, event);
  register.touch(attempt, event, from === 'station');
  attempt.authentications = keep(attempt.authentications, { frame, time, from, algorithm, transaction, status });
  if (attempt.phase !== 'authenticating') return;
  // Only SAE lets a station say no; elsewhere its status means nothing.
  attempt.isRefused = (from === 'ap' || algorithm === SAE) && !GOES_ON.has(status);
  attempt.isAnswered ||= from === 'ap' && !attempt.isRefused;
  const isHashed = status === SAE_HASH_TO_ELEMENT || status === SAE_PK;
  attempt.hashedToElement ||= from === 'station' && algorithm === SAE && isHashed;
};

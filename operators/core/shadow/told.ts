import type { Told } from '../../../streams/air/index.js';
import { copyBytes, equalBytes } from '../../../streams/events/index.js';
import { type Attempt, keep } from './Attempt.js';
import type { Register } from './Register.js';
import type { Scene } from './Scene.js';

/** A log that tells of an association once it was through with another one tells of the next. */
const isNext = (attempt: Attempt, { phase, outcome, ssid }: Told): boolean => {
  if (ssid !== undefined && attempt.ssid !== undefined && !equalBytes(ssid, attempt.ssid)) return true;
  if (outcome === 'ended' || outcome === 'failure') return false;
  if (attempt.phase === 'over') return true;
  return phase === 'association' && (attempt.hadEapol || attempt.told.some((each) => each.phase === 'association'));
};

const begin = (register: Register, event: Told): Attempt => {
  const beginning = event.phase === 'association' ? 'association' : 'middle';
  const attempt = register.begin(event, { medium: 'log', beginning });
  if (event.ssid !== undefined) attempt.ssid = copyBytes(event.ssid);
  return attempt;
};

const attemptOf = (register: Register, event: Told): Attempt => {
  const { station, ap } = event;
  const known = register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');
  if (known === undefined) return begin(register, event);
  if (!isNext(known, event)) return known;
  if (known.phase !== 'over') register.end(known, 'associatedAnew', event);
  register.retire(known, 'associatedAnew');
  return begin(register, event);
};

const endsIt = ({ phase, outcome }: Told): boolean =>
  outcome === 'ended' ? phase !== 'oneX' : outcome === 'failure' && phase === 'connection';

/** What a log says in words. Some logs have nothing else. */
export const takeTold = ({ register }: Scene, event: Told): void => {
  const { frame, time, phase, outcome, reason, text } = event;
  const attempt = attemptOf(register, event);
  register.touch(attempt, event, true);
  keep(attempt.told, { frame, time, phase, outcome, text, ...(reason !== undefined && { reason }) });
  if (attempt.phase === 'associated' && endsIt(event)) register.end(attempt, 'farewell', event);
};

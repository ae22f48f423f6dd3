import type { Told } from '../../../streams/air/index.js';
import { copyBytes, equalBytes } from '../../../streams/events/index.js';
import { type Attempt, keep } from './Attempt.js';
import type { Register } from './Register.js';
import type { Scene } from './Scene.js';

/** A log that tells of an association once it was through with another one tells of the next. */
const isNext = (attempt: Attempt, event: Told): boolean => {
  const { phase, ssid } = event;
  if (ssid !== undefined && attempt.ssid !== undefined && !equalBytes(ssid, attempt.ssid)) return true;
  if (isEnd(event) || event.outcome === 'failure') return false;
  if (attempt.phase === 'over') return true;
  return phase === 'association' && (attempt.hadEapol || attempt.told.some((each) => each.phase === 'association'));
};

const begin = (register: Register, event: Told): Attempt => {
  const beginning = event.phase === 'association' ? 'association' : 'middle';
  const attempt = register.begin(event, { medium: 'log', beginning });
  if (event.ssid !== undefined) attempt.ssid = copyBytes(event.ssid);
  return attempt;
};

const isEnd = ({ outcome }: Told): boolean => outcome === 'ended' || outcome === 'vanished';

/** The end of something that nothing is known of any more begins nothing. */
const attemptOf = (register: Register, event: Told): Attempt | undefined => {
  const { station, ap } = event;
  const known = register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');
  if (known === undefined) return isEnd(event) ? undefined : begin(register, event);
  if (!isNext(known, event)) return known;
  if (known.phase !== 'over') register.end(known, 'associatedAnew', event);
  register.retire(known, 'associatedAnew');
  return begin(register, event);
};

const endsIt = (event: Told): boolean =>
  isEnd(event) ? event.phase !== 'oneX' : event.outcome === 'failure' && event.phase === 'connection';

/** What a log says in words. Some logs have nothing else. */
export const takeTold = ({ register }: Scene, event: Told): void => {
  const { frame, time, phase, outcome, reason, text } = event;
  const attempt = attemptOf(register, event);
  if (attempt === undefined) return;
  register.touch(attempt, event, true);
  attempt.told = keep(attempt.told, { frame, time, phase, outcome, text, ...(reason !== undefined && { reason }) });
  if (attempt.phase === 'associated' && endsIt(event)) register.end(attempt, outcome === 'vanished' ? 'gone' : 'farewell', event);
};

import type { EapolHeard, Mac48 } from '../../../streams/air/index.js';
import type { Attempt } from './Attempt.js';
import { absorb, isLogoff, isOfConnection, isStart } from './eapol.js';
import type { Scene } from './Scene.js';

/** Packets on a wire often go to a group address, so that the first of them does not tell who the other end is. */
const NOBODY: Mac48 = 0;

const findBetween = ({ register }: Scene, station: Mac48, ap: Mac48): Attempt | undefined =>
  register.find(station, ap, 'associated') ?? register.find(station, ap, 'over');

/** It began when only one end was known. */
const findHalf = (scene: Scene, { station, ap }: EapolHeard): Attempt | undefined => {
  const half = findBetween(scene, station, NOBODY) ?? findBetween(scene, NOBODY, ap);
  if (half !== undefined && station !== NOBODY && ap !== NOBODY) scene.register.move(half, station, ap);
  return half;
};

/** A station that starts again when all was said, or after it logged off, begins something new. */
const isOverBy = (attempt: Attempt, event: EapolHeard): boolean =>
  isStart(event) && (attempt.phase === 'over' || (attempt.eapWatch?.facts()?.result ?? 'none') !== 'none');

const begin = ({ register }: Scene, event: EapolHeard): Attempt =>
  register.begin(event, { medium: 'wire', beginning: isStart(event) ? 'authentication' : 'middle' });

const attemptOf = (scene: Scene, event: EapolHeard): Attempt => {
  const known = findBetween(scene, event.station, event.ap) ?? findHalf(scene, event);
  if (known === undefined) return begin(scene, event);
  if (!isOverBy(known, event)) return known;
  scene.register.retire(known, 'associatedAnew');
  return begin(scene, event);
};

/** There is no association on a wire: a connection is what a station and its authenticator say to each other. */
export const takeWired = (scene: Scene, event: EapolHeard): void => {
  if (!isOfConnection(event)) return;
  const attempt = attemptOf(scene, event);
  scene.register.touch(attempt, event, event.from === 'station');
  // An authenticator asks again right after a station has logged off, and that is none of this conversation.
  if (attempt.phase === 'over') return;
  absorb(scene, attempt, event);
  if (isLogoff(event)) scene.register.end(attempt, 'farewell', event);
};

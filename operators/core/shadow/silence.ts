import type { Mark } from '../../../streams/air/index.js';
import type { Attempt } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import type { ObserverTimeouts } from './timeouts.js';

/** About five beacons: a station that speaks for so long to nobody's beacons is alone. */
const UNANSWERED = SECOND / 2;

/** So many frames, of whomever, there have to be before the silence of one says anything. */
const ENOUGH = 10;

/** Whether nobody else but the access point fell silent before the connection was over. */
export const isGone = (
  { announced, stationHeard }: Attempt,
  heard: Mark | undefined,
  now: Mark,
  { gone }: ObserverTimeouts,
): boolean => {
  if (announced === undefined || heard === undefined) return false;
  const { since } = announced;
  // A few beacons, as in a capture that was cut down to the handshakes, tell nothing of those that are not there.
  if (heard.time - since.time < UNANSWERED || heard.frame - since.frame < ENOUGH) return false;
  const isAlone = stationHeard !== undefined && stationHeard.time - heard.time > UNANSWERED;
  return isAlone || (now.time - heard.time > gone * SECOND && now.frame - heard.frame >= ENOUGH);
};

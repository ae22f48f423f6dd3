import type { LastHeard, Mark } from '../../../streams/air/index.js';
import type { Attempt } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import type { ObserverTimeouts } from './timeouts.js';

/** A station that speaks for so long, and through so many beacons that should have been there, to nobody is alone. */
const UNANSWERED = SECOND / 2;
const BEACONS_MISSED = 5;

/** So many frames, of whomever, there have to be before the silence of one says anything. */
const ENOUGH = 10;

/**
 * Whether nobody else but the access point fell silent before the connection was over. Only who beaconed can stop it: a capture that was
 * cut down to the handshakes, or was written by a tool that keeps one beacon of each, tells nothing of those that are not there.
 */
export const isGone = (
  { stationHeard }: Pick<Attempt, 'stationHeard'>,
  heard: LastHeard | undefined,
  now: Mark,
  { gone }: ObserverTimeouts,
): boolean => {
  if (heard?.beaconInterval === undefined) return false;
  const missed = BEACONS_MISSED * heard.beaconInterval;
  const isAlone = stationHeard !== undefined && stationHeard.time - heard.time > Math.max(UNANSWERED, missed);
  return isAlone || (now.time - heard.time > Math.max(gone * SECOND, missed) && now.frame - heard.frame >= ENOUGH);
};

import type { Attempt } from './Attempt.js';
import { SECOND } from './CaptureClock.js';
import { glance } from './glance.js';

/**
 * For how long, in seconds of the capture, nothing need be heard of a connection before it is taken to be over.
 *
 * @since 0.2.0
 */
export interface ObserverTimeouts {
  /** An authentication that has not led to an association. */
  readonly authenticating: number;
  /** An association, or a handshake, that is not through. */
  readonly unfinished: number;
  /** A connection that is up, and whose data frames are not looked at. */
  readonly complete: number;
  /** One that is up, and whose data frames are. */
  readonly watched: number;
  /** How long what comes late is still counted to a connection that has ended. */
  readonly lingering: number;
  /** Without a sign of life for so long, while others go on, an access point is gone. */
  readonly gone: number;
}

export const defaultTimeouts: ObserverTimeouts = {
  authenticating: 15,
  unfinished: 30,
  complete: 3_600,
  watched: 300,
  lingering: 5,
  gone: 30,
};

/** Neither has keys to agree on, so that nothing more need be heard. */
const needsNothing = ({ asked, announced, association }: Attempt): boolean =>
  association?.status === 0 && asked !== undefined && (asked.rsn ?? asked.wpa ?? announced?.offer.rsn) === undefined;

/** Looked at only when a connection has been silent for a while, or many others have begun, and only until it is through. */
export const isThrough = (attempt: Attempt): boolean => {
  if (attempt.isComplete) return true;
  const { keyWatch, eapWatch, association, medium } = attempt;
  const hasKeys = glance(keyWatch).isNearlyComplete || association?.fastTransition !== undefined;
  // On a wire nothing follows; on the air the handshake may have been missed.
  const isLast = medium === 'wire' || keyWatch === undefined;
  const isLetIn = isLast && eapWatch?.facts()?.result === 'success';
  attempt.isComplete = hasKeys || isLetIn || needsNothing(attempt);
  return attempt.isComplete;
};

const isWatched = ({ keyWatch }: Attempt): boolean => keyWatch?.isKeyed === true && glance(keyWatch).hasTraffic;

/** In microseconds. */
export const patienceOf = (attempt: Attempt, timeouts: ObserverTimeouts): number => {
  if (attempt.phase === 'over') return timeouts.lingering * SECOND;
  if (attempt.phase === 'authenticating' || attempt.isRefused) return timeouts.authenticating * SECOND;
  if (!isThrough(attempt)) return timeouts.unfinished * SECOND;
  return (isWatched(attempt) ? timeouts.watched : timeouts.complete) * SECOND;
};

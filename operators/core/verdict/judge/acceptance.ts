import type { Connection, Handshake } from '../../shadow/Connection.js';
import { Reason } from '../codes/reasonCodes.js';
import { authorizationOf } from './authorization.js';
import { isUnheard } from './reception.js';
import { isCredible, lastWord, refusals } from './sightings.js';

/** How often a message 1 may be repeated after a message 2 before that looks like a refusal rather than like bad air. */
const TOLERATED = 3;

/** Message 3 came, or what can only come after it: the access point has taken the station's MIC. */
export const isAccepted = (connection: Connection): boolean =>
  connection.handshakes.some(({ messages, isComplete }) => isComplete || messages[2].some(isCredible)) ||
  authorizationOf(connection) !== undefined;

const GIVING_UP: ReadonlySet<number> = new Set([
  Reason.unspecified,
  Reason.invalidAuthentication,
  Reason.mic,
  Reason.fourWayTimeout,
]);

/** One of the two ended it because nothing came of it; a capture that ends first proves nothing. */
const wasGivenUp = (connection: Connection): boolean => {
  const farewell = lastWord(connection);
  if (farewell === undefined) return connection.ending === 'quiet' || connection.ending === 'associatedAnew';
  return farewell.by === 'station' || (farewell.reason !== undefined && GIVING_UP.has(farewell.reason));
};

/** How often the access point has asked again although there was a message 2, and what of that may have been for its MIC. */
const timesAskedAgain = ({ handshakes }: Connection, counts: (handshake: Handshake) => boolean): number =>
  handshakes.reduce((sum, handshake) => sum + (counts(handshake) ? refusals(handshake) : 0), 0);

/** Whoever was not heard was not refused. */
const mayBeHeard =
  (connection: Connection) =>
  (handshake: Handshake): boolean =>
    !isUnheard(connection, handshake, 2);

const cameToNothing = (connection: Connection, counts: (handshake: Handshake) => boolean): boolean =>
  connection.cut === undefined &&
  !isAccepted(connection) &&
  wasGivenUp(connection) &&
  timesAskedAgain(connection, counts) >= TOLERATED;

/** The access point was shown the station's MIC, more than once, did not take it, and that was the end, as far as all is there. */
export const isRefused = (connection: Connection): boolean => cameToNothing(connection, mayBeHeard(connection));

/** The same, or the station's message 2 was not heard. */
export const isUnanswered = (connection: Connection): boolean => cameToNothing(connection, () => true);

/** Any sign that the access point did not take it: enough where the frames prove the key to be another. */
export const isTurnedDown = (connection: Connection): boolean =>
  !isAccepted(connection) &&
  connection.handshakes.some(mayBeHeard(connection)) &&
  (timesAskedAgain(connection, mayBeHeard(connection)) > 0 || (wasGivenUp(connection) && lastWord(connection)?.by === 'ap'));

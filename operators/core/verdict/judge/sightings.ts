import type { Mark } from '../../../../streams/air/index.js';
import type { Connection, FarewellSeen, Handshake, MessageSeen } from '../../shadow/Connection.js';

type Sightings = ReadonlyArray<MessageSeen>;

export const framesOf = (sightings: ReadonlyArray<{ readonly frame: number }>): ReadonlyArray<number> =>
  sightings.map(({ frame }) => frame);

/** The frames of several, each once, in the order of the capture. */
export const framesIn = (...lists: ReadonlyArray<ReadonlyArray<{ readonly frame: number }>>): ReadonlyArray<number> =>
  [...new Set(lists.flatMap(framesOf))].sort((a, b) => a - b);

const NEVER = -1;

export const lastFrame = (sightings: Sightings): number => sightings.at(-1)?.frame ?? NEVER;

const isUnanswered = ({ messages: [, m2, , m4] }: Handshake): boolean => m2.length + m4.length === 0;

const isOpening = ({ isRekey }: Handshake): boolean => !isRekey;

const openings = ({ handshakes }: Connection): ReadonlyArray<Handshake> => handshakes.filter(isOpening);

/**
 * The handshake that was to open the port: of several, where an access point began anew, the last. One that nobody answered behind one
 * that was complete is none: a station that has keys does not listen to what comes in the clear.
 */
export const firstHandshake = ({ handshakes }: Connection): Handshake | undefined => {
  const last = handshakes.findLast(isOpening);
  if (last === undefined || !isUnanswered(last)) return last;
  return handshakes.findLast((each) => isOpening(each) && each.isComplete) ?? last;
};

/** What somebody has sent in the clear to a station that had its keys. */
export const vainOpenings = (connection: Connection): ReadonlyArray<Handshake> => {
  const all = openings(connection);
  return all.slice(all.findLastIndex(({ isComplete }) => isComplete) + 1).filter((each) => isUnanswered(each) && all[0] !== each);
};

/** The handshakes that renewed the key of a port that was open. */
export const rekeys = ({ handshakes }: Connection): ReadonlyArray<Handshake> => handshakes.filter(({ isRekey }) => isRekey);

/** A message 3 nobody could have made without the key, as far as that can be told. */
export const isCredible = ({ mic }: MessageSeen): boolean => mic !== 'invalid';

/**
 * A message 4 that the access point can read. It has no key before the first one, so one that is encrypted all the same, as some
 * stations repeat it, is lost on it.
 */
export const isReadable = ({ mic, isProtected }: MessageSeen, { isRekey }: Handshake): boolean =>
  mic !== 'invalid' && (isRekey || !isProtected);

export const readableMessage4s = (handshake: Handshake): Sightings =>
  handshake.messages[3].filter((message) => isReadable(message, handshake));

/** How often the access point answered a message 2 with message 1 again, which is how it refuses a MIC. */
export const refusals = ({ messages: [m1, m2] }: Handshake): number => {
  const answered = m2[0]?.frame;
  if (answered === undefined) return 0;
  return m1.filter(
    ({ frame }, at) => frame > answered && m2.some((reply) => reply.frame < frame && reply.frame > (m1[at - 1]?.frame ?? NEVER)),
  ).length;
};

/** An access point that is asked by EAPOL-Start begins anew, under another nonce. */
const isBegunAnew = ({ eap, handshakes }: Connection, { frame }: Mark): boolean => {
  const last = handshakes.at(-1)?.messages.flat().at(-1)?.frame ?? NEVER;
  return eap?.starts.some((start) => start.frame > frame && start.frame < last) === true;
};

/** Message 1s under other nonces than the one it went on with, though the access point had no reason to change it. */
export const forgedMessage1s = (connection: Connection, { otherNonces }: Handshake): ReadonlyArray<Mark> =>
  otherNonces.filter((mark) => !isBegunAnew(connection, mark));

export const hasForgedMessage1 = (connection: Connection): boolean =>
  connection.handshakes.some((handshake) => forgedMessage1s(connection, handshake).length > 0);

/** The farewell that ended it: what is said after it, by whomever, ends nothing any more. */
export const lastWord = ({ farewells, ended }: Connection): FarewellSeen | undefined =>
  farewells.find(({ isBelieved, frame }) => isBelieved && frame === ended.frame) ??
  farewells.findLast(({ isBelieved }) => isBelieved);

/** The last word of the authentication was the access point's, so that it was for the station to go on. */
export const isAuthenticationAnswered = ({ authentications }: Connection): boolean => authentications.at(-1)?.from === 'ap';

/** An access point that restarts says it a few times. */
const STORM = 10;
const STORM_MICROSECONDS = 1_000_000;

/** The farewells within a second of the one that ended it, if they are more than anybody needs. */
export const farewellStorm = (connection: Connection): ReadonlyArray<FarewellSeen> => {
  const { farewells, ended } = connection;
  if (farewells.length < STORM || lastWord(connection) === undefined) return [];
  const around = farewells.filter(({ time }) => Math.abs(time - ended.time) <= STORM_MICROSECONDS);
  return around.length < STORM ? [] : around;
};

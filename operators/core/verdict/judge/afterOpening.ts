import type { Connection, GroupHandshake, PacketNumberReuse } from '../../shadow/Connection.js';
import { Reason } from '../codes/reasonCodes.js';
import type { Cause, ConnectionStep } from '../Explanation.js';
import { lastWord, rekeys } from './sightings.js';

/** Farewells that complain of nothing. */
const GOODBYES: ReadonlySet<number> = new Set([Reason.leaving, Reason.leavingThisAp, Reason.transition, Reason.stationLeaving]);

const isAscending = ([first, second]: ReadonlyArray<PacketNumberReuse>): boolean =>
  first !== undefined && second !== undefined && second.pn > first.pn;

/**
 * Packet numbers of one sender that went on from the beginning under the same key: it was installed again. A single frame, or
 * the same one over and over, is a replay.
 */
export const reinstallations = ({ reuses }: Connection): ReadonlyArray<PacketNumberReuse> => {
  if (reuses.length === 0) return reuses;
  const ofSender = (from: PacketNumberReuse['from'], isGroup: boolean) =>
    reuses.filter((reuse) => reuse.from === from && reuse.isGroup === isGroup);
  const sequences = [ofSender('ap', false), ofSender('station', false), ofSender('ap', true)];
  return sequences.filter(isAscending).flat();
};

const LOST: ReadonlySet<number> = new Set([Reason.groupTimeout, Reason.fourWayTimeout]);

/** The access point ended it over a renewal of keys that was not answered. */
const isLostBy = (connection: Connection, isComplete: boolean | undefined): boolean => {
  const farewell = lastWord(connection);
  return isComplete === false && farewell?.by === 'ap' && farewell.reason !== undefined && LOST.has(farewell.reason);
};

export const lostGroupHandshake = (connection: Connection): GroupHandshake | undefined => {
  const last = connection.groupHandshakes.at(-1);
  const saysSo = lastWord(connection)?.reason === Reason.groupTimeout;
  return saysSo || isLostBy(connection, last?.isComplete) ? (last ?? { messages: [[], []], isComplete: false }) : undefined;
};

/** What troubled a connection, or ended it against the station's will, after the port had been open. */
export const troubleAfterOpening = (connection: Connection): { readonly cause: Cause; readonly step: ConnectionStep } => {
  const farewell = lastWord(connection);
  if (reinstallations(connection).length > 0) return { cause: 'keyReinstallation', step: 'none' };
  if (lostGroupHandshake(connection) !== undefined) return { cause: 'groupRekeyLost', step: 'group' };
  if (isLostBy(connection, rekeys(connection).at(-1)?.isComplete)) return { cause: 'messageLost', step: 'fourWay' };
  if (farewell === undefined) return { cause: connection.ending === 'gone' ? 'apVanished' : 'none', step: 'none' };
  const isThrownOut = farewell.by === 'ap' && farewell.reason !== undefined && !GOODBYES.has(farewell.reason);
  return { cause: isThrownOut ? 'deauthenticated' : 'none', step: 'none' };
};

import type { Mark } from '../../../../streams/air/index.js';
import type { Connection, Handshake } from '../../shadow/Connection.js';
import { Reason } from '../codes/reasonCodes.js';
import { firstHandshake, isCredible, isReadable, lastFrame, lastWord, readableMessage4s, rekeys } from './sightings.js';

/** The port was open: since when at the latest, and how that is known. */
export interface Authorization {
  readonly mark: Mark;
  readonly by: 'message4' | 'groupHandshake' | 'rekey' | 'traffic' | 'fastTransition' | 'association' | 'eapSuccess' | 'told';
}

/** How long after the last message 3 an access point still gives up because of it: hostapd waits up to a second four times. */
const PATIENCE = 5_000_000;

/** So often an access point does not repeat its message 3 to a station whose message 4 it hears. */
const IN_VAIN = 3;

/**
 * The access point says itself that the handshake did not succeed, right after a message 3 that nothing it can read answered, or that it
 * has repeated although the sniffer heard the answers.
 */
export const isGivenUp = (connection: Connection, handshake: Handshake): boolean => {
  const farewell = lastWord(connection);
  const last = handshake.messages[2].at(-1);
  if (farewell?.by !== 'ap' || farewell.reason !== Reason.fourWayTimeout || last === undefined) return false;
  const isUnheard = last.frame > lastFrame(readableMessage4s(handshake)) || handshake.messages[2].length >= IN_VAIN;
  return isUnheard && farewell.time - last.time <= PATIENCE;
};

/** What nobody could read counts for the frames that prove something, however many there were. */
const provingFrame = ({ traffic: { proofs = [], last } }: Connection): Mark | undefined =>
  [...proofs].sort(byFrame).at(-1) ?? last;

const byFrame = (a: Mark, b: Mark): number => a.frame - b.frame;

const NOTHING: Pick<Mark, 'frame'> = { frame: -1 };

const byHandshake = (connection: Connection, handshake: Handshake | undefined): Authorization | undefined => {
  if (handshake === undefined || isGivenUp(connection, handshake)) return undefined;
  // A message 4 tells of a message 3, even where the capture missed it; one that answers a forged message 3 tells nothing.
  const [, , third, fourth] = handshake.messages;
  const asked = third.length === 0 ? NOTHING : third.find(isCredible);
  const message4 = asked && fourth.find((each) => isReadable(each, handshake) && each.frame > asked.frame);
  if (message4 !== undefined) return { mark: message4, by: 'message4' };
  const seen = handshake.messages[2].at(-1) ?? handshake.messages[1].at(-1);
  if (handshake.isComplete && seen !== undefined) return { mark: provingFrame(connection) ?? seen, by: 'traffic' };
  return undefined;
};

/** Only a port that is open gets a new group key, or a new pairwise key under the old one. */
const byRekey = (connection: Connection): Authorization | undefined => {
  const group = connection.groupHandshakes.flatMap(({ messages }) => messages[1]).find(({ mic }) => mic !== 'invalid');
  if (group !== undefined) return { mark: group, by: 'groupHandshake' };
  const again = rekeys(connection)[0]?.messages.flat()[0];
  return again && { mark: again, by: 'rekey' };
};

/** Message 3 again and again: what is encrypted meanwhile may be the station's message 4 that the access point cannot read. */
const isStuck = (handshake: Handshake, last: Mark): boolean => {
  const message3s = handshake.messages[2];
  const latest = message3s.at(-1);
  const isRepeated = message3s.length > 1 && readableMessage4s(handshake).length === 0;
  return isRepeated && latest !== undefined && last.time - latest.time <= PATIENCE;
};

/** Encrypted data that follows the handshake, or stands alone where the capture missed it. */
const byTraffic = (connection: Connection): Authorization | undefined => {
  const { traffic, beginning, association } = connection;
  const { last } = traffic;
  const handshake = firstHandshake(connection);
  if (last === undefined || traffic.heard === 0) return undefined;
  const authorization: Authorization = { mark: last, by: 'traffic' };
  if (handshake === undefined) {
    return beginning === 'middle' || association?.status === 0 || traffic.opened > 0 ? authorization : undefined;
  }
  // Of a frame that cannot be read nobody knows what it is: whether several prove something has been seen to.
  if (traffic.opened === 0) return undefined;
  const isLater = last.frame > (handshake.messages.flat().sort(byFrame).at(-1)?.frame ?? 0);
  return isLater && !isGivenUp(connection, handshake) && !isStuck(handshake, last) ? authorization : undefined;
};

/** Networks without a handshake, and those whose keys came with the association. */
const byAssociation = ({ association, security }: Connection): Authorization | undefined => {
  const { response, status, fastTransition } = association ?? {};
  if (response === undefined || status !== 0) return undefined;
  if (fastTransition !== undefined) return fastTransition === 'refuted' ? undefined : { mark: response, by: 'fastTransition' };
  const isOpen = security?.proto === 'open' || security?.proto === 'WEP';
  return isOpen ? { mark: response, by: 'association' } : undefined;
};

/** A wire has no keys: the port opens with the success of EAP. */
const byEap = ({ medium, eap }: Connection): Authorization | undefined =>
  medium === 'wire' && eap?.result === 'success' && eap.resultMark !== undefined
    ? { mark: eap.resultMark, by: 'eapSuccess' }
    : undefined;

const byWord = ({ told }: Connection): Authorization | undefined => {
  const mark = told.find(({ phase, outcome }) => (phase === 'connection' || phase === 'security') && outcome === 'success');
  return mark && { mark, by: 'told' };
};

/** Whether the port was open at any time, by what proves it best. */
export const authorizationOf = (connection: Connection): Authorization | undefined =>
  byHandshake(connection, firstHandshake(connection)) ??
  byAssociation(connection) ??
  byEap(connection) ??
  byRekey(connection) ??
  byTraffic(connection) ??
  byWord(connection);

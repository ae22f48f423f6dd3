import type { Speaker } from '../../../../streams/air/index.js';
import type { AuthenticationSeen, Connection, Handshake, MessageSeen } from '../../shadow/Connection.js';
import { eapSayings, lastEapSaying } from './eapSayings.js';
import type { Saying } from './Saying.js';
import { isCredible } from './sightings.js';

/** Whether what one of the two said arrived at the other, by the acknowledgements that were captured. */
export type Reception = 'heard' | 'notHeard' | 'unknown';

/** What the same end says in a row is one saying, and answered by the other's next. */
const ofAuthentications = ({ authentications, association }: Connection): ReadonlyArray<Saying> => {
  const sayings: { from: Speaker; frames: AuthenticationSeen[]; isAnswered: boolean }[] = [];
  for (const seen of authentications) {
    const last = sayings.at(-1);
    if (last?.from === seen.from) last.frames.push(seen);
    else {
      if (last !== undefined) last.isAnswered = true;
      sayings.push({ from: seen.from, frames: [seen], isAnswered: false });
    }
  }
  const last = sayings.at(-1);
  if (last?.from === 'ap') last.isAnswered = association?.request !== undefined;
  return sayings;
};

const hasSpoken = ({ handshakes, eap, traffic }: Connection): boolean =>
  handshakes.some(({ messages: [, m2, , m4] }) => m2.length + m4.length > 0) ||
  (eap !== undefined && (eap.starts.length > 0 || eap.rounds.some(({ from }) => from === 'station'))) ||
  traffic.heard > 0;

const ofAssociation = (connection: Connection): ReadonlyArray<Saying> => {
  const { request, response } = connection.association ?? {};
  const sayings: Saying[] = [];
  if (request !== undefined) sayings.push({ from: 'station', frames: [request], isAnswered: response !== undefined });
  if (response !== undefined) sayings.push({ from: 'ap', frames: [response], isAnswered: hasSpoken(connection) });
  return sayings;
};

/** Of what was encrypted no acknowledgement was looked for. */
const inTheClear = (sightings: ReadonlyArray<MessageSeen>): ReadonlyArray<MessageSeen> =>
  sightings.some(({ isProtected }) => isProtected) ? [] : sightings;

const ofHandshake = ({ messages: [m1, m2, m3, m4], isComplete }: Handshake): Readonly<Record<1 | 2 | 3, Saying>> => ({
  1: { from: 'ap', frames: inTheClear(m1), isAnswered: isComplete || m2.length > 0 },
  2: { from: 'station', frames: inTheClear(m2), isAnswered: isComplete || m3.some(isCredible) },
  3: { from: 'ap', frames: inTheClear(m3), isAnswered: isComplete || m4.length > 0 },
});

const ofHandshakes = ({ handshakes }: Connection): ReadonlyArray<Saying> =>
  handshakes.flatMap((handshake) => Object.values(ofHandshake(handshake)));

const sayingsOf = (connection: Connection): ReadonlyArray<Saying> =>
  [
    ...ofAuthentications(connection),
    ...ofAssociation(connection),
    ...eapSayings(connection.eap),
    ...ofHandshakes(connection),
  ].filter(({ frames }) => frames.length > 0);

/** As many as are kept of a connection: behind them one that is not there may have been there. */
const MOST_KEPT = 64;

type Sign = 'heard' | 'doubtful' | 'missing' | 'unexpected';

const signOf = ({ acknowledgements }: Connection, frames: Saying['frames']): Sign => {
  const { expected = [], heard = [], doubtful = [] } = acknowledgements ?? {};
  if (frames.some(({ frame }) => heard.includes(frame))) return 'heard';
  if (frames.some(({ frame }) => doubtful.includes(frame))) return 'doubtful';
  return frames.every(({ frame }) => expected.includes(frame)) ? 'missing' : 'unexpected';
};

/** So many times as many must be heard as are missed. */
const RELIABLE = 2;

/** Whether who listens hears what he should: what followed shows of some that they must have been sent. */
const isReliable = (connection: Connection, from: Speaker): boolean => {
  let balance = 0;
  for (const saying of sayingsOf(connection)) {
    if (saying.from !== from) continue;
    const sign = signOf(connection, saying.frames);
    if (sign === 'heard') balance += 1;
    else if (sign === 'missing' && saying.isAnswered) balance -= RELIABLE;
  }
  return balance >= 0;
};

const keepsAll = ({ acknowledgements, lostFrames }: Connection): boolean =>
  acknowledgements !== undefined &&
  lostFrames === 0 &&
  acknowledgements.heard.length < MOST_KEPT &&
  acknowledgements.doubtful.length < MOST_KEPT;

/** One acknowledgement in ten is missed even by who hears them well, so that it takes several to be missing. */
const ENOUGH = 3;

const isEnough = ({ acknowledgements }: Connection, frames: Saying['frames']): boolean => {
  const numbers = frames.map(({ frame }) => frame);
  return (acknowledgements?.expected.filter((frame) => numbers.includes(frame)).length ?? 0) >= ENOUGH;
};

/**
 * Whether something that was said arrived, in any of the frames that said it. That no acknowledgement is there proves something only
 * where each would have been heard, and the capture lacks nothing.
 */
export const receptionOf = (connection: Connection, from: Speaker, frames: Saying['frames']): Reception => {
  if (connection.acknowledgements === undefined || frames.length === 0) return 'unknown';
  const sign = signOf(connection, frames);
  if (sign === 'heard') return 'heard';
  const isProven = sign === 'missing' && isEnough(connection, frames) && keepsAll(connection) && isReliable(connection, from);
  return isProven ? 'notHeard' : 'unknown';
};

/** Of a message that nothing answers. */
export const isUnheard = (connection: Connection, handshake: Handshake, number: 1 | 2 | 3): boolean => {
  const { from, frames, isAnswered } = ofHandshake(handshake)[number];
  return !isAnswered && receptionOf(connection, from, frames) === 'notHeard';
};

/** What was last said by EAP, by whom and in which frames, where it did not arrive. */
export const unheardEap = (connection: Connection): Saying | undefined => {
  if (connection.acknowledgements === undefined) return undefined;
  const last = lastEapSaying(connection.eap);
  if (last === undefined || last.isAnswered) return undefined;
  return receptionOf(connection, last.from, last.frames) === 'notHeard' ? last : undefined;
};

/** The frames of messages that are proven not to have arrived. */
export const unheardFrames = (connection: Connection): ReadonlySet<number> => {
  const { handshakes, association } = connection;
  const unheard = handshakes.flatMap((handshake) =>
    ([1, 2, 3] as const).flatMap((number) =>
      isUnheard(connection, handshake, number) ? (handshake.messages[number - 1] ?? []) : [],
    ),
  );
  const response = isResponseUnheard(connection) ? association?.response : undefined;
  const eap = unheardEap(connection)?.frames ?? [];
  return new Set([...unheard, ...(response === undefined ? [] : [response]), ...eap].map(({ frame }) => frame));
};

/**
 * The station was accepted and never heard it, and nothing that either of them said later shows otherwise: an access point goes on with
 * who has acknowledged it.
 */
export const isResponseUnheard = (connection: Connection): boolean => {
  const { association, handshakes, eap, traffic, security } = connection;
  const { response, status, fastTransition } = association ?? {};
  if (response === undefined || status !== 0 || fastTransition !== undefined) return false;
  const hasKeys = security?.proto === 'RSN' || security?.proto === 'WPA';
  const isSilent = handshakes.length === 0 && eap === undefined && traffic.heard === 0;
  return hasKeys && isSilent && receptionOf(connection, 'ap', [response]) === 'notHeard';
};

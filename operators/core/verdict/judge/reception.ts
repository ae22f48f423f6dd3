import type { Mark, Speaker } from '../../../../streams/air/index.js';
import type { AuthenticationSeen, Connection, Handshake, MessageSeen } from '../../shadow/Connection.js';
import { isCredible } from './sightings.js';

/** Whether what one of the two said arrived at the other, by the acknowledgements that were captured. */
export type Reception = 'heard' | 'notHeard' | 'unknown';

/** One thing that one of the two said, as often as it was sent. */
interface Saying {
  readonly from: Speaker;
  readonly frames: ReadonlyArray<Pick<Mark, 'frame'>>;
  /** What followed shows that it arrived. */
  readonly isAnswered: boolean;
}

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

const ofHandshake = ({ messages: [m1, m2, m3, m4] }: Handshake): Readonly<Record<1 | 2 | 3, Saying>> => ({
  1: { from: 'ap', frames: inTheClear(m1), isAnswered: m2.length > 0 },
  2: { from: 'station', frames: inTheClear(m2), isAnswered: m3.some(isCredible) },
  3: { from: 'ap', frames: inTheClear(m3), isAnswered: m4.length > 0 },
});

const ofHandshakes = ({ handshakes }: Connection): ReadonlyArray<Saying> =>
  handshakes.flatMap((handshake) => Object.values(ofHandshake(handshake)));

const sayingsOf = (connection: Connection): ReadonlyArray<Saying> =>
  [...ofAuthentications(connection), ...ofAssociation(connection), ...ofHandshakes(connection)].filter(
    ({ frames }) => frames.length > 0,
  );

/** As many as are kept of a connection: behind them one that is not there may have been there. */
const MOST_KEPT = 64;

/**
 * Whether who listens hears the acknowledgements of what this one says: it has heard some, and not missed as many of those that what
 * followed shows must have been sent.
 */
const hearsAnswersTo = (connection: Connection, from: Speaker): boolean => {
  let balance = 0;
  for (const saying of sayingsOf(connection)) {
    if (saying.from !== from) continue;
    const sign = signOf(connection, saying.frames);
    if (sign === 'certain') balance += 1;
    else if (sign === 'none' && saying.isAnswered) balance -= 1;
  }
  return balance > 0;
};

const signOf = ({ acknowledgements }: Connection, frames: Saying['frames']): 'certain' | 'doubtful' | 'none' => {
  const { certain = [], doubtful = [] } = acknowledgements ?? {};
  if (frames.some(({ frame }) => certain.includes(frame))) return 'certain';
  return frames.some(({ frame }) => doubtful.includes(frame)) ? 'doubtful' : 'none';
};

const keepsAll = ({ acknowledgements, lostFrames }: Connection): boolean =>
  acknowledgements !== undefined &&
  lostFrames === 0 &&
  acknowledgements.certain.length < MOST_KEPT &&
  acknowledgements.doubtful.length < MOST_KEPT;

/**
 * Whether something that was said arrived, in any of the frames that said it. That no acknowledgement is there proves something only
 * where this ear has shown that it hears them from this one to that one, and the capture lacks nothing.
 */
export const receptionOf = (connection: Connection, from: Speaker, frames: Saying['frames']): Reception => {
  const sign = signOf(connection, frames);
  if (sign === 'certain') return 'heard';
  const isProven = sign === 'none' && frames.length > 0 && keepsAll(connection) && hearsAnswersTo(connection, from);
  return isProven ? 'notHeard' : 'unknown';
};

/** Of a message that nothing answers. */
export const isUnheard = (connection: Connection, handshake: Handshake, number: 1 | 2 | 3): boolean => {
  const { from, frames, isAnswered } = ofHandshake(handshake)[number];
  return !isAnswered && receptionOf(connection, from, frames) === 'notHeard';
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
  return new Set([...unheard, ...(response === undefined ? [] : [response])].map(({ frame }) => frame));
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

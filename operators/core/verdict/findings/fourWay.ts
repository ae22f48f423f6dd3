import type { Connection, Handshake, MessageSeen } from '../../shadow/Connection.js';
import type { Finding } from '../Explanation.js';
import { isGivenUp } from '../judge/authorization.js';
import { isOnlyTold } from '../judge/byWord.js';
import { isUnheard } from '../judge/reception.js';
import { firstHandshake, framesIn, framesOf, readableMessage4s, rekeys } from '../judge/sightings.js';
import { error, type FindingReader, info, span, times, warning, when } from './finding.js';

type Sightings = ReadonlyArray<MessageSeen>;

const ended = (connection: Connection, since: Sightings): string =>
  since[0] === undefined ? '' : ` ${span(connection.ended.time - since[0].time)} later it was over.`;

const whyNoMessage2 = ({ isStationUnheard }: Connection): string =>
  isStationUnheard === true
    ? 'no message 2 is in the capture, as nothing else the station sent'
    : 'the station’s message 2 never reached the air: the station did not hear it, is too slow, or its driver dropped the answer';

const neverAnswered = (connection: Connection, { messages }: Handshake): ReadonlyArray<Finding> => {
  // Nobody owes an answer to what came after the farewell.
  const [m1, m2, m3] = messages.map((sightings) => sightings.filter(({ frame }) => frame <= connection.ended.frame));
  if (m1 === undefined || m2 === undefined || m3 === undefined) return [];
  return [
    ...when(m1.length > 0 && m2.length === 0 && m3.length === 0, () =>
      error(
        'fourWay.message2Lost',
        `Message 1 was sent ${times(m1.length)} and ${whyNoMessage2(connection)}.${ended(connection, m1)}`,
        framesOf(m1),
      ),
    ),
    ...when(m2.length > 0 && m3.length === 0, () =>
      error(
        'fourWay.message3Missing',
        `Message 2 was sent ${times(m2.length)} and no message 3 came back.${ended(connection, m2)}`,
        framesOf(m2),
      ),
    ),
  ];
};

const NOT_ACKNOWLEDGED: Readonly<Record<1 | 2 | 3, string>> = {
  1: 'the station did not hear it',
  2: 'the access point did not hear it, so this says nothing about what it holds of the station’s key',
  3: 'the station did not hear it',
};

/** What was on the air, and did not arrive. */
const unheard = (connection: Connection, handshake: Handshake): ReadonlyArray<Finding> =>
  ([1, 2, 3] as const).flatMap((number) => {
    const sightings = handshake.messages[number - 1] ?? [];
    return when(isUnheard(connection, handshake, number), () =>
      error(
        `fourWay.message${number}NotHeard`,
        `Message ${number} was sent ${times(sightings.length)} and never acknowledged: ${NOT_ACKNOWLEDGED[number]}.`,
        framesOf(sightings),
      ),
    );
  });

const message4 = (connection: Connection, handshake: Handshake): ReadonlyArray<Finding> => {
  const [, , m3, m4] = handshake.messages;
  const readable = readableMessage4s(handshake);
  const sealed = m4.filter((message) => !readable.includes(message));
  return [
    ...when(m3.length > 0 && m4.length === 0 && !handshake.isComplete, () =>
      error('fourWay.message4Lost', `Message 3 was sent ${times(m3.length)} and no message 4 was heard.`, framesOf(m3)),
    ),
    ...when(sealed.length > 0 && isGivenUp(connection, handshake), () =>
      error(
        'fourWay.message4Encrypted',
        'The station had installed the key already and encrypts its message 4, so the access point, which has not, cannot read it.',
        framesOf(sealed),
      ),
    ),
    ...when(readable.length > 0 && isGivenUp(connection, handshake), () =>
      error('fourWay.message4NotHeard', 'Message 4 was on the air, and the access point did not hear it.', framesOf(readable)),
    ),
    ...when(m4.length === 0 && handshake.isComplete, () =>
      info('fourWay.message4NotCaptured', 'Message 4 is not in the capture; what followed shows that it arrived.', framesOf(m3)),
    ),
  ];
};

const whyRepeated = (connection: Connection, handshake: Handshake): string => {
  const [m1, m2] = handshake.messages;
  if (m2.length < m1.length) return 'not each got a message 2';
  return isUnheard(connection, handshake, 2)
    ? 'the access point did not hear message 2'
    : 'the access point was not content with message 2';
};

/** Who made it necessary to send again. */
const repeated = (connection: Connection, handshake: Handshake): ReadonlyArray<Finding> => {
  const [m1, m2, m3, m4] = handshake.messages;
  return [
    ...when(m1.length > 1, () =>
      warning(
        'fourWay.message1Repeated',
        `Message 1 was sent ${times(m1.length)}: ${whyRepeated(connection, handshake)}.`,
        framesOf(m1),
      ),
    ),
    ...when(m3.length > 1, () =>
      warning(
        'fourWay.message3Repeated',
        `Message 3 was sent ${times(m3.length)}: the access point waited for message 4.`,
        framesOf(m3),
      ),
    ),
    ...when(m4.length > 1 && m3.length <= 1, () =>
      info('fourWay.message4Repeated', 'Message 4 was sent more than once.', framesOf(m4)),
    ),
    ...micFailures(connection, [m2, m3, m4]),
  ];
};

const micFailures = ({ credential }: Connection, messages: readonly [Sightings, Sightings, Sightings]): ReadonlyArray<Finding> =>
  messages.flatMap((sightings, at) => {
    const bad = sightings.filter(({ mic }) => mic === 'invalid');
    const key = credential === 'none' ? 'the key that was found' : 'the credential given';
    return when(bad.length > 0 && bad.length === sightings.length, () =>
      warning(`fourWay.mic${at + 2}`, `The MIC of message ${at + 2} is not the one ${key} makes.`, framesOf(bad)),
    );
  });

const counters = ({ messages }: Handshake): ReadonlyArray<Finding> => {
  const faulty = [...messages[0], ...messages[2]].filter(({ faults }) => faults.some(({ code }) => code === 'REPLAYED'));
  return when(faulty.length > 0, () =>
    warning(
      'fourWay.replayCounter',
      'The replay counter of the access point did not go up: the station must drop these.',
      framesOf(faulty),
    ),
  );
};

const differences = ({ messages }: Handshake): ReadonlyArray<Finding> =>
  [messages[1], messages[3]].flatMap((sightings, at) => {
    const odd = sightings.find(({ likeness }) => likeness === 'different');
    return odd === undefined
      ? []
      : [
          info(
            `fourWay.message${at === 0 ? 2 : 4}Differs`,
            `Message ${at === 0 ? 2 : 4} is not what this engine would have sent: ${odd.differences.slice(0, 4).join('; ') || 'it differs'}.`,
            [odd.frame],
          ),
        ];
  });

const missing: FindingReader = (connection, { step, outcome }) => {
  const { association, handshakes, began } = connection;
  return when(step === 'fourWay' && handshakes.length === 0 && outcome !== 'authorized' && !isOnlyTold(connection), () =>
    error('fourWay.message1Missing', 'The association stood, and no message 1 followed.', [
      association?.response?.frame ?? began.frame,
    ]),
  );
};

const renewals: FindingReader = (connection) =>
  rekeys(connection).map(({ messages, isComplete }) => {
    const frames = framesIn(...messages);
    return isComplete
      ? info('fourWay.rekeyed', 'The pairwise key was renewed.', frames)
      : warning('fourWay.rekeyIncomplete', 'A renewal of the pairwise key did not come to an end.', frames);
  });

const complete: FindingReader = ({ handshakes }) =>
  handshakes
    .filter(({ isRekey, isComplete }) => !isRekey && isComplete)
    .map(({ messages }) => info('fourWay.complete', 'The 4-way handshake is complete.', framesIn(...messages)));

/** The 4-way handshake: which message is missing, whose turn it was, who caused repetitions. */
export const fourWayFindings: FindingReader = (connection, judgement) => {
  const handshake = firstHandshake(connection);
  const ofFirst =
    handshake === undefined
      ? []
      : [
          ...(judgement.outcome === 'authorized' ? [] : neverAnswered(connection, handshake)),
          ...(judgement.outcome === 'authorized' ? [] : unheard(connection, handshake)),
          ...message4(connection, handshake),
          ...repeated(connection, handshake),
          ...counters(handshake),
          ...differences(handshake),
        ];
  return [
    ...missing(connection, judgement),
    ...ofFirst,
    ...(judgement.outcome === 'authorized' ? complete(connection, judgement) : []),
    ...renewals(connection, judgement),
  ];
};

import type { Connection, Handshake } from '../../shadow/Connection.js';
import { authorizationOf } from '../judge/authorization.js';
import { framesIn, framesOf } from '../judge/sightings.js';
import { error, type FindingReader, info, times, warning, when } from './finding.js';

const snapped: FindingReader = ({ cut }, { outcome }) => {
  if (cut === undefined) return [];
  const text = `The capture was made with a snap length that cuts the messages: ${times(cut.length)} an EAPOL packet is longer than what is there of it, and was not read.`;
  return [(outcome === 'authorized' ? warning : error)('capture.snapped', text, framesOf(cut))];
};

const howItBreaksOff = ({ ending, isStationUnheard, apHeard, ended }: Connection): string => {
  if (isStationUnheard === true) return 'Nothing the station sent is in the capture, so it may have answered';
  if (ending === 'open') return 'The capture ends before this connection got anywhere';
  return apHeard !== undefined && apHeard.time > ended.time
    ? 'Both fell silent, and the access point did not ask again, as if it had been answered'
    : 'Both fell silent, and the access point was not heard either';
};

const gap: FindingReader = (connection, { cause }) => {
  const { ended, handshakes, lostFrames, cut } = connection;
  return when(cause === 'captureGap' && cut === undefined, () =>
    warning(
      'capture.gap',
      `${howItBreaksOff(connection)}: a gap in the capture is no failure.${handshakes.length > 0 ? ' The handshake was under way.' : ''}${
        lostFrames > 0 ? ` The capture says it lost ${lostFrames} frames.` : ''
      }`,
      [ended.frame],
    ),
  );
};

const lost: FindingReader = ({ lostFrames, began }, { cause }) =>
  when(lostFrames > 0 && cause !== 'captureGap', () =>
    warning('capture.lostFrames', `The capture says that it lost ${lostFrames} frames during this connection.`, [began.frame]),
  );

const NAMES = ['message 1', 'message 2', 'message 3'] as const;

/** Messages that must have been there, because a later one was. */
const holesIn = ({ messages }: Handshake): ReadonlyArray<string> => {
  const last = messages.findLastIndex((sightings) => sightings.length > 0);
  return NAMES.filter((_, at) => at < last && messages[at]?.length === 0);
};

const holes: FindingReader = ({ handshakes }: Connection) =>
  handshakes.flatMap((handshake) => {
    const missing = holesIn(handshake);
    const [first] = handshake.messages.flat();
    return when(missing.length > 0, () =>
      info('capture.missed', `The capture missed ${missing.join(' and ')}: what came later shows that it was sent.`, [
        first?.frame ?? 0,
      ]),
    );
  });

const byTraffic: FindingReader = (connection, { outcome }) => {
  const authorization = authorizationOf(connection);
  return when(outcome === 'authorized' && authorization?.by === 'traffic', () =>
    info(
      'capture.openedByTraffic',
      'The port was open: encrypted data went on, though the end of the handshake is not in the capture.',
      framesIn(connection.traffic.proofs ?? [], authorization === undefined ? [] : [authorization.mark]),
    ),
  );
};

/** What a log says in words, which nobody can check. */
const told: FindingReader = ({ told: words }) =>
  words.map(({ frame, text, outcome }) => (outcome === 'failure' ? error : info)('log.told', text, [frame]));

const undecryptable: FindingReader = ({ traffic, credential, handshakes }) =>
  when(traffic.tried > 0 && traffic.opened === 0 && credential !== 'none', () =>
    warning(
      'capture.notOpened',
      `Encrypted frames were tried ${times(traffic.tried)} and none opened: ${
        handshakes.some(({ tk }) => tk !== undefined)
          ? 'the keys have changed since'
          : 'the capture lacks message 2, or messages 1 and 3, of the handshake'
      }.`,
      traffic.last === undefined ? [] : [traffic.last.frame],
    ),
  );

/** What the capture itself lacks. */
export const captureFindings: FindingReader = (...seen) => [
  ...snapped(...seen),
  ...gap(...seen),
  ...lost(...seen),
  ...holes(...seen),
  ...byTraffic(...seen),
  ...undecryptable(...seen),
  ...told(...seen),
];

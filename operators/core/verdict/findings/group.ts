import { lostGroupHandshake } from '../judge/afterOpening.js';
import { framesOf } from '../judge/sightings.js';
import { error, type FindingReader, info, times, warning, when } from './finding.js';

const rekeyed: FindingReader = ({ groupHandshakes }) => {
  const complete = groupHandshakes.filter(({ isComplete }) => isComplete);
  return when(complete.length > 0, () =>
    info(
      'group.rekeyed',
      `The group key was handed out ${times(complete.length)} by the group key handshake.`,
      complete.flatMap(({ messages }) => framesOf(messages.flat())),
    ),
  );
};

const unanswered: FindingReader = (connection) => {
  const lost = lostGroupHandshake(connection);
  return connection.groupHandshakes
    .filter((handshake) => !handshake.isComplete && handshake !== lost)
    .map(({ messages }) =>
      warning('group.unanswered', 'A group message 1 got no answer that was heard.', framesOf(messages.flat())),
    );
};

const lost: FindingReader = (connection) => {
  const handshake = lostGroupHandshake(connection);
  if (handshake === undefined) return [];
  const [m1, m2] = handshake.messages;
  const text =
    m1.length === 0
      ? 'The access point ended it because a group key handshake was not answered; it is not in the capture, or could not be opened.'
      : `Group message 1 was sent ${times(m1.length)} and ${m2.length === 0 ? 'not answered' : 'the answer did not satisfy the access point'}: it ended the connection over that.`;
  return [error('group.rekeyLost', text, framesOf([...m1, ...m2]))];
};

const requests: FindingReader = ({ requests: seen }) =>
  seen.map(({ frame, isError }) =>
    isError
      ? warning('group.michaelFailure', 'The station reports a Michael MIC failure: damaged or forged TKIP frames.', [frame])
      : info('group.requested', 'The station asks for new keys.', [frame]),
  );

/** The group key: renewals that came through, and one that was lost. */
export const groupFindings: FindingReader = (...seen) => [
  ...rekeyed(...seen),
  ...unanswered(...seen),
  ...lost(...seen),
  ...requests(...seen),
];

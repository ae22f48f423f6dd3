import { meaningOfStatus, showStatus } from '../codes/statusTexts.js';
import { isResponseUnheard } from '../judge/reception.js';
import { isRefusal, isSae } from '../judge/sae.js';
import { error, type FindingReader, info, nameOfSpeaker, sentence, warning, when } from './finding.js';

const algorithms: Readonly<Record<number, string>> = {
  0: 'open',
  1: 'shared key',
  2: 'fast transition',
  3: 'SAE',
  4: 'FILS',
  5: 'FILS',
  6: 'FILS',
};

const authentication: FindingReader = ({ authentications }) =>
  authentications
    .filter((seen) => isRefusal(seen) && !isSae(seen))
    .map(({ from, algorithm, status, frame }) =>
      error(
        'authentication.refused',
        `${sentence(nameOfSpeaker(from))} refused the ${algorithms[algorithm] ?? ''} authentication with ${showStatus(status)}: ${meaningOfStatus(status)}.`,
        [frame],
      ),
    );

/** Requests of a station that nobody answered. */
const unanswered: FindingReader = ({ authentications, association, ending }) => {
  const { request, response } = association ?? {};
  const silent =
    authentications.length > 0 && authentications.every(({ from }) => from === 'station') && association === undefined;
  return [
    ...when(silent && ending !== 'open', () =>
      error(
        'authentication.unanswered',
        'The access point answered none of the station’s authentication frames.',
        authentications.map(({ frame }) => frame),
      ),
    ),
    ...(request !== undefined && response === undefined
      ? [warning('association.unanswered', 'No response to the association request is in the capture.', [request.frame])]
      : []),
  ];
};

const association: FindingReader = ({ association: seen }) => {
  const { status, response } = seen ?? {};
  if (status === undefined || status === 0) return [];
  const text = `The access point refused the association with ${showStatus(status)}: ${meaningOfStatus(status)}.`;
  return [error('association.refused', text, response === undefined ? [] : [response.frame])];
};

const beginning: FindingReader = ({ beginning: kind, began, medium }) =>
  when(kind === 'middle' && medium === 'air', () =>
    info('capture.midAir', 'The capture begins in the middle of this connection: its association was not seen.', [began.frame]),
  );

const responseUnheard: FindingReader = (connection) => {
  const response = connection.association?.response;
  if (response === undefined || !isResponseUnheard(connection)) return [];
  const text = 'The association response was never acknowledged: the station did not hear that it was accepted.';
  return [error('association.responseNotHeard', text, [response.frame])];
};

/** Getting in: authentication and association, as far as no password is asked for. */
export const associationFindings: FindingReader = (...seen) => [
  ...beginning(...seen),
  ...authentication(...seen),
  ...unanswered(...seen),
  ...association(...seen),
  ...responseUnheard(...seen),
];

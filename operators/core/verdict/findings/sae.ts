import { meaningOfStatus, showStatus } from '../codes/statusTexts.js';
import { commitsOfAp, isRefusal, isSae, refusedConfirms, unansweredConfirms, unheardConfirms } from '../judge/sae.js';
import { framesOf } from '../judge/sightings.js';
import { error, type FindingReader, nameOfSpeaker, sentence, times, warning, when } from './finding.js';

const CONFIRM = 2;

const confirms: FindingReader = (connection) => {
  const refused = refusedConfirms(connection);
  const [first] = refused;
  if (first === undefined) return [];
  const text =
    `${sentence(nameOfSpeaker(first.from))} refused the confirm of SAE ${times(refused.length)} with ${showStatus(first.status)}. ` +
    'The confirm is made with the password and the commits were accepted, so the passwords of the two most likely differ.';
  return [error('sae.confirmRefused', text, framesOf(refused))];
};

const commits: FindingReader = ({ authentications }) =>
  authentications
    .filter((seen) => isSae(seen) && seen.transaction !== CONFIRM && isRefusal(seen))
    .map(({ from, status, frame }) =>
      error(
        'sae.commitRefused',
        `${sentence(nameOfSpeaker(from))} refused the commit of SAE with ${showStatus(status)}: ${meaningOfStatus(status)}.`,
        [frame],
      ),
    );

const silence: FindingReader = (connection) => {
  const confirmed = unansweredConfirms(connection);
  return when(confirmed.length > 0, () =>
    error(
      'sae.confirmUnanswered',
      `The station confirmed ${times(confirmed.length)} and the access point, which had answered the commit, said nothing more: ` +
        'some access points answer a wrong password with silence.',
      framesOf(confirmed),
    ),
  );
};

const unheard: FindingReader = (connection, { step }) => {
  const confirmed = unheardConfirms(connection);
  return when(step === 'authentication' && confirmed.length > 0, () =>
    error(
      'sae.confirmNotHeard',
      `The station confirmed ${times(confirmed.length)} and was never acknowledged: the access point did not hear it, so this says nothing about the password.`,
      framesOf(confirmed),
    ),
  );
};

/** The access point answered, and the station went no further: its own trouble with the commit, or with the time. */
const givenUp: FindingReader = (connection, { step }) => {
  const answered = commitsOfAp(connection);
  const hasConfirm = connection.authentications.some((seen) => isSae(seen) && seen.transaction === CONFIRM);
  return when(step === 'authentication' && answered.length > 0 && !hasConfirm, () =>
    warning('sae.noConfirm', 'The access point answered the commit, and no confirm of the station followed.', framesOf(answered)),
  );
};

/** What SAE came to, before the association. */
export const saeFindings: FindingReader = (...seen) => [
  ...commits(...seen),
  ...confirms(...seen),
  ...silence(...seen),
  ...unheard(...seen),
  ...givenUp(...seen),
];

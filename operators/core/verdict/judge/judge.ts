import type { Connection } from '../../shadow/Connection.js';
import type { Cause, ConnectionStep, Judgement, PassphraseJudgement } from '../Explanation.js';
import { troubleAfterOpening } from './afterOpening.js';
import { authorizationOf } from './authorization.js';
import { judgeAssociation, judgeAuthentication, judgeEap } from './beforeHandshake.js';
import { orByWord } from './byWord.js';
import { endingOf } from './ending.js';
import { judgeFourWay } from './fourWay.js';
import { networkKind } from './networkKind.js';
import { judgePassphrase } from './passphrase.js';
import { isResponseUnheard } from './reception.js';

/** How far it came: the exchange that began last. */
export const reachedStep = (connection: Connection): ConnectionStep => {
  const { handshakes, eap, association, authentications } = connection;
  if (handshakes.length > 0) return 'fourWay';
  if (eap !== undefined) return eap.result === 'success' && connection.medium !== 'wire' ? 'fourWay' : 'eap';
  if (isResponseUnheard(connection)) return 'association';
  if (association?.status === 0 && association.fastTransition === undefined) {
    return networkKind(connection) === 'oneX' ? 'eap' : 'fourWay';
  }
  if (association !== undefined) return 'association';
  return authentications.length > 0 ? 'authentication' : 'none';
};

const judgeStep = (connection: Connection, passphrase: PassphraseJudgement): Omit<Judgement, 'passphrase'> => {
  const step = reachedStep(connection);
  switch (step) {
    case 'authentication':
      return judgeAuthentication(connection);
    case 'association':
      return judgeAssociation(connection);
    case 'eap':
      return judgeEap(connection);
    case 'fourWay':
    case 'group':
      return judgeFourWay(connection, passphrase);
    case 'none':
      return { step, ...endingOf(connection, 'unknown') };
  }
};

const ABSENCES: ReadonlySet<Cause> = new Set(['messageLost', 'eapTimeout', 'deauthenticated', 'stationLeft']);

/** What seems to be missing, or not to have come to an end, may have been in what the capture cut off. */
const ofWhatIsThere = ({ cut }: Connection, judged: Omit<Judgement, 'passphrase'>): Omit<Judgement, 'passphrase'> =>
  cut !== undefined && ABSENCES.has(judged.cause) ? { ...judged, outcome: 'incomplete', cause: 'captureGap' } : judged;

/** The four words a connection comes down to: the earliest explanation the frames suffice for. */
export const judge = (connection: Connection): Judgement => {
  const passphrase = judgePassphrase(connection);
  if (authorizationOf(connection) !== undefined) return { outcome: 'authorized', passphrase, ...troubleAfterOpening(connection) };
  const judged = orByWord(connection, ofWhatIsThere(connection, judgeStep(connection, passphrase)));
  const isSuspected = judged.cause === 'likelyWrongPassphrase' && passphrase === 'unknown';
  return { passphrase: isSuspected ? 'likelyWrong' : passphrase, ...judged };
};

import type { Connection, EapSeen } from '../../shadow/Connection.js';
import { Reason } from '../codes/reasonCodes.js';
import type { Judgement } from '../Explanation.js';
import { endingOf, failed } from './ending.js';
import { isResponseUnheard, unheardEap } from './reception.js';
import { isRefusal, isSae, unansweredConfirms } from './sae.js';
import { lastWord } from './sightings.js';

type Judged = Omit<Judgement, 'passphrase'>;

export const judgeAuthentication = (connection: Connection): Judged => {
  const refusal = connection.authentications.findLast(isRefusal);
  const silenced = connection.ending !== 'open' && unansweredConfirms(connection).length > 0;
  if (refusal !== undefined) return { step: 'authentication', ...failed(isSae(refusal) ? 'saeFailure' : 'associationRefused') };
  if (silenced) return { step: 'authentication', ...failed('saeFailure') };
  return { step: 'authentication', ...endingOf(connection, 'messageLost') };
};

export const judgeAssociation = (connection: Connection): Judged => {
  const { status, fastTransition } = connection.association ?? {};
  if (fastTransition === 'refuted') return { step: 'association', ...failed('keyMismatch') };
  if (status !== undefined && status !== 0) return { step: 'association', ...failed('associationRefused') };
  const ending = endingOf(connection, 'messageLost');
  // A station that waits for a response in vain leaves, and asks anew.
  const isGivenUp = isResponseUnheard(connection) && ending.cause === 'stationLeft';
  return { step: 'association', ...(isGivenUp ? failed('messageLost') : ending) };
};

const CLOSE_NOTIFY = 0;
const WARNING = 1;

/** An alert that ends a TLS handshake; a warning does not, and closing is no complaint. */
export const tlsFailure = (eap: EapSeen | undefined): EapSeen['tlsAlert'] =>
  eap?.tlsAlert !== undefined && eap.tlsAlert.level !== WARNING && eap.tlsAlert.description !== CLOSE_NOTIFY
    ? eap.tlsAlert
    : undefined;

/** How long a request may go without its response before that is no longer a matter of the network: two repetitions. */
const EAP_PATIENCE = 5_000_000;

/** A request, or an EAPOL-Start, that was repeated or waited for in vain. */
export const isEapUnanswered = ({ eap, ended }: Connection): boolean => {
  if (eap === undefined || eap.result !== 'none') return false;
  if (eap.unanswered === undefined) return eap.packets === 0 && eap.starts.length > 1;
  const since = eap.unanswered;
  return eap.retransmissions.some(({ frame }) => frame > since.frame) || ended.time - since.time >= EAP_PATIENCE;
};

/** Whatever the two would have had against each other, it never came to that: who waits in vain leaves. */
const ofUnheardEap = (connection: Connection): Judged => {
  const ending = endingOf(connection, 'messageLost');
  return { step: 'eap', ...(ending.outcome === 'interrupted' ? failed('messageLost') : ending) };
};

export const judgeEap = (connection: Connection): Judged => {
  const { eap } = connection;
  const farewell = lastWord(connection);
  const isUnanswered = isEapUnanswered(connection);
  if (tlsFailure(eap) !== undefined) return { step: 'eap', ...failed('tlsAlert') };
  if (eap?.result === 'failure') return { step: 'eap', ...failed('eapFailure') };
  if (unheardEap(connection) !== undefined) return ofUnheardEap(connection);
  if (isUnanswered && farewell?.by === 'ap') return { step: 'eap', ...failed('eapTimeout') };
  if (farewell?.by === 'ap' && farewell.reason === Reason.oneXFailed) return { step: 'eap', ...failed('eapFailure') };
  return { step: 'eap', ...endingOf(connection, 'eapTimeout') };
};

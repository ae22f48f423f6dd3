import { mac48ToAddress } from '../../../streams/air/index.js';
import type { Connection } from '../shadow/Connection.js';
import { meaningOfReason } from './codes/reasonCodes.js';
import { nameOfAlert, refusedCertificate } from './codes/tlsAlerts.js';
import type { Cause, Judgement } from './Explanation.js';
import { ssidText } from './json/ssidText.js';
import { tlsFailure } from './judge/beforeHandshake.js';
import { isResponseUnheard, isUnheard, unheardEap } from './judge/reception.js';
import { refusedConfirms, unansweredConfirms } from './judge/sae.js';
import { firstHandshake, isAuthenticationAnswered, lastWord } from './judge/sightings.js';

/** A log need not name everybody. */
const NOT_NAMED = 0;

const network = ({ ssid, ap }: Connection): string => {
  const name = ssid === undefined || ssid.length === 0 ? undefined : `“${ssidText(ssid)}”`;
  if (ap === NOT_NAMED) return name ?? 'a network';
  return name === undefined ? `the network of ${mac48ToAddress(ap)}` : `${name} at ${mac48ToAddress(ap)}`;
};

const reasonWords = (connection: Connection): string => {
  const reason = lastWord(connection)?.reason;
  return reason === undefined ? '' : ` (reason ${reason}: ${meaningOfReason(reason)})`;
};

const eapWords = (connection: Connection): string => {
  if (unheardEap(connection)?.from === 'ap') return 'it did not hear the access point’s request of 802.1X';
  const hasBegun = (connection.eap?.packets ?? 0) > 0;
  return `the access point did not hear ${hasBegun ? 'its answer to 802.1X' : 'it begin 802.1X'}`;
};

const lostMessage = (connection: Connection, { step }: Judgement): string => {
  if (step === 'authentication')
    return isAuthenticationAnswered(connection)
      ? 'it asked for no association after the authentication'
      : 'its authentication was not answered';
  if (step === 'association')
    return isResponseUnheard(connection)
      ? 'it did not hear the association response'
      : 'its association request was not answered';
  if (step === 'eap') return eapWords(connection);
  const handshake = firstHandshake(connection);
  if (handshake === undefined) return 'the access point never began the 4-way handshake';
  const [, m2, m3] = handshake.messages;
  if (m3.length > 0)
    return isUnheard(connection, handshake, 3)
      ? 'it did not hear message 3 of the 4-way handshake'
      : 'message 4 of the 4-way handshake was lost';
  if (m2.length === 0)
    return isUnheard(connection, handshake, 1)
      ? 'it did not hear message 1 of the 4-way handshake'
      : 'its message 2 never reached the air';
  return isUnheard(connection, handshake, 2) ? 'the access point did not hear its message 2' : 'its message 2 got no message 3';
};

const tlsWords = ({ eap }: Connection): string => {
  const alert = tlsFailure(eap);
  if (alert === undefined) return 'the TLS handshake failed';
  const whose = refusedCertificate(alert.description, alert.from);
  const sender = alert.from === 'station' ? 'the station' : 'the server';
  return `${sender} ${whose === undefined ? 'ended the TLS handshake' : `refused the ${whose}’s certificate`} (${nameOfAlert(alert.description)})`;
};

const saeWords = (connection: Connection): string => {
  const isDoubted = refusedConfirms(connection).length > 0 || unansweredConfirms(connection).length > 0;
  return isDoubted ? 'SAE failed at the confirm: the password is probably wrong' : 'SAE failed';
};

type Words = (connection: Connection, judgement: Judgement) => string;

const because: Readonly<Record<Cause, Words>> = {
  none: () => 'nothing is wrong with it',
  wrongPassphrase: () => 'the passphrase is wrong',
  likelyWrongPassphrase: () => 'the passphrase is probably wrong',
  messageLost: lostMessage,
  keyMismatch: () => 'the two hold different keys',
  elementMismatch: () => 'elements of the two that have to be the same differ',
  forgedFrame: () => 'somebody forged message 1, so the two derived different keys; this says nothing about the passphrase',
  keyReinstallation: () => 'a key was installed a second time',
  eapFailure: ({ eap }) =>
    `the server refused the 802.1X authentication${eap?.method === undefined ? '' : ` (${eap.method.name})`}`,
  eapTimeout: ({ eap }) =>
    `802.1X stopped: ${eap?.unanswered === undefined ? 'nobody answered the station' : 'the station left a request unanswered'}`,
  tlsAlert: tlsWords,
  saeFailure: saeWords,
  associationRefused: () => 'the access point refused it',
  groupRekeyLost: () => 'a group key handshake was not answered',
  deauthenticated: (connection) => `the access point threw it out${reasonWords(connection)}`,
  stationLeft: (connection) => `the station left${reasonWords(connection)}`,
  apVanished: () => 'the access point vanished without a farewell',
  captureGap: () => 'the capture does not show the rest',
  unknown: ({ told }) => told.findLast(({ outcome }) => outcome === 'failure')?.text ?? 'the frames do not tell why',
};

const afterOpening = (connection: Connection, judgement: Judgement): string => {
  const { cause } = judgement;
  if (cause !== 'none') return `, but ${because[cause](connection, judgement)}`;
  const farewell = lastWord(connection);
  if (farewell === undefined) return '';
  return farewell.by === 'station'
    ? `; later it left${reasonWords(connection)}`
    : `; later the access point ended it${reasonWords(connection)}`;
};

const verbs = {
  failed: 'could not join',
  interrupted: 'did not get to join',
  incomplete: 'was about to join',
} as const;

/** The verdict in one sentence a person understands, without secrets. */
export const headlineOf = (connection: Connection, judgement: Judgement): string => {
  const who = connection.station === NOT_NAMED ? 'A station' : mac48ToAddress(connection.station);
  const { outcome, cause } = judgement;
  return outcome === 'authorized'
    ? `${who} joined ${network(connection)}${afterOpening(connection, judgement)}.`
    : `${who} ${verbs[outcome]} ${network(connection)}: ${because[cause](connection, judgement)}.`;
};

import type { Connection, EapSeen } from '../../shadow/Connection.js';
import { meaningOfAlert, nameOfAlert, refusedCertificate } from '../codes/tlsAlerts.js';
import type { Finding } from '../Explanation.js';
import { isEapUnanswered, tlsFailure } from '../judge/beforeHandshake.js';
import { unheardEap } from '../judge/reception.js';
import { framesOf } from '../judge/sightings.js';
import { error, type FindingReader, info, nameOfSpeaker, otherSpeaker, sentence, span, times, warning, when } from './finding.js';

/** RFC 3748 section 5 and IANA's registry. */
const methods: Readonly<Record<number, string>> = {
  4: 'MD5',
  6: 'GTC',
  13: 'TLS',
  17: 'LEAP',
  18: 'SIM',
  21: 'TTLS',
  23: 'AKA',
  25: 'PEAP',
  26: 'MSCHAPv2',
  43: 'FAST',
  49: 'IKEv2',
  50: 'AKA′',
  52: 'PWD',
  55: 'TEAP',
  254: 'WSC',
};

const namesOf = (types: ReadonlyArray<number>): string =>
  types.map((type) => methods[type] ?? `type ${type}`).join(', ') || 'nothing';

const TLS_BASED: ReadonlySet<number> = new Set([13, 21, 25, 43, 55]);

const framesOfResult = ({ resultMark, last }: EapSeen): ReadonlyArray<number> => [(resultMark ?? last).frame];

const method = ({ method: agreed, realm, first, packets, wanted }: EapSeen): ReadonlyArray<Finding> => [
  info(
    'eap.method',
    `EAP ${agreed === undefined ? 'without a method that was agreed on' : `method ${agreed.name} (${agreed.type})`}${
      realm === undefined ? '' : `, realm ${realm}`
    }, ${packets} packets.`,
    [first.frame],
  ),
  ...when(agreed !== undefined && wanted.length > 0, () =>
    info('eap.nak', `The station turned down the first method it was offered and asked for ${namesOf(wanted)}.`, [first.frame]),
  ),
];

const noCommonMethod = (eap: EapSeen): ReadonlyArray<Finding> =>
  when(eap.wanted.length > 0 && eap.method === undefined && eap.result !== 'success', () =>
    error(
      'eap.noCommonMethod',
      `The server offered ${namesOf(eap.offered)} and the station wants ${namesOf(eap.wanted)}: they have no method in common.`,
      framesOfResult(eap),
    ),
  );

const alert = (eap: EapSeen): ReadonlyArray<Finding> => {
  const { tlsAlert } = eap;
  if (tlsAlert === undefined) return [];
  const { from, description, frame } = tlsAlert;
  const isFatal = tlsFailure(eap) !== undefined;
  const refused = refusedCertificate(description, from);
  const whose =
    refused === undefined
      ? ''
      : ` The ${refused}’s certificate was refused, by ${nameOfSpeaker(from === 'ap' ? 'ap' : 'station')}.`;
  const sender = from === 'ap' ? 'The server' : 'The station';
  const text = `${sender} sent the TLS alert ${nameOfAlert(description)} (${description}): ${meaningOfAlert(description)}.${whose.replace('the access point', 'the server')}`;
  return [(isFatal ? error : info)('eap.tlsAlert', text, [frame])];
};

const WPS = 254;

/** What was up all the same did not fail by it. */
const failure: FindingReader = ({ eap }, { outcome }) => {
  if (eap?.result !== 'failure') return [];
  const severe = outcome === 'authorized' ? warning : error;
  const isTunnelled = eap.method !== undefined && TLS_BASED.has(eap.method.type) && tlsFailure(eap) === undefined;
  const likely = isTunnelled
    ? ' No TLS alert was seen, so the tunnel stood or nearly did: look at user name, password, or the server’s policy.'
    : '';
  const ordinary = eap.method?.type === WPS ? ' So does WPS, even where it has handed over the passphrase.' : '';
  return [severe('eap.failure', `The server ended it with EAP-Failure.${likely}${ordinary}`, framesOfResult(eap))];
};

const success = (eap: EapSeen): ReadonlyArray<Finding> =>
  when(eap.result === 'success', () => info('eap.success', 'EAP-Success.', framesOfResult(eap)));

const unanswered: FindingReader = (connection, { outcome }) => {
  const { eap, ended } = connection;
  if (eap?.unanswered === undefined || outcome === 'authorized') return [];
  const waited = span(ended.time - eap.unanswered.time);
  const speaker = otherSpeaker('ap');
  const text = `${sentence(nameOfSpeaker(speaker))} did not answer the last request; ${waited} passed until the end.`;
  return [(isEapUnanswered(connection) ? error : info)('eap.unanswered', text, [eap.unanswered.frame])];
};

/** Which of the two is deaf, and that nothing was refused. */
const notHeard: FindingReader = (connection, { outcome }) => {
  const unheard = outcome === 'authorized' ? undefined : unheardEap(connection);
  if (unheard === undefined) return [];
  const { from, frames } = unheard;
  const sent = `sent ${times(frames.length)} and never acknowledged`;
  const deaf = `${nameOfSpeaker(otherSpeaker(from))} did not hear it`;
  if (from === 'ap') return [error('eap.requestNotHeard', `The last EAP request was ${sent}: ${deaf}.`, framesOf(frames))];
  if (connection.eap?.packets === 0) return [error('eap.startNotHeard', `EAPOL-Start was ${sent}: ${deaf}.`, framesOf(frames))];
  const text = `The station’s last EAP response was ${sent}: ${deaf}, so this says nothing about what the server has against it.`;
  return [error('eap.responseNotHeard', text, framesOf(frames))];
};

/** Where there is a passphrase, EAPOL-Start asks for message 1. */
const starts = ({ starts: seen, packets }: EapSeen, { handshakes }: Connection): ReadonlyArray<Finding> =>
  when(packets === 0 && seen.length > 0, () =>
    handshakes.some(({ messages: [m1] }) => m1.length > 0)
      ? info('eap.startAnswered', `The station asked ${times(seen.length)} by EAPOL-Start, and message 1 came.`, framesOf(seen))
      : error('eap.startUnanswered', `The station asked for 802.1X ${times(seen.length)} and nothing came back.`, framesOf(seen)),
  );

const repetitions = ({ retransmissions }: EapSeen): ReadonlyArray<Finding> =>
  when(retransmissions.length > 0, () =>
    warning('eap.retransmitted', `EAP packets were sent again ${times(retransmissions.length)}.`, framesOf(retransmissions)),
  );

const logoffs = ({ logoffs: seen }: EapSeen): ReadonlyArray<Finding> =>
  when(seen.length > 0, () => info('eap.logoff', 'The station logged off (EAPOL-Logoff).', framesOf(seen)));

/** 802.1X: the method, how it ended, and whose fault that was. */
export const eapFindings: FindingReader = (connection, judgement) => {
  const { eap } = connection;
  if (eap === undefined) return [];
  return [
    ...(eap.packets > 0 ? method(eap) : []),
    ...noCommonMethod(eap),
    ...alert(eap),
    ...failure(connection, judgement),
    ...success(eap),
    ...unanswered(connection, judgement),
    ...notHeard(connection, judgement),
    ...starts(eap, connection),
    ...repetitions(eap),
    ...logoffs(eap),
  ];
};

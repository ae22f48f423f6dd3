import type { EapFault } from '../../../operators/core/index.js';
import { EapMethod, isTlsMethod, TlsAlert } from '../../../streams/frames/index.js';
import { alertMeanings } from './alertMeanings.js';
import type { KeyComparison } from './keyComparison.js';
import { isTunnel, type Trail } from './Trail.js';
import type { Verdict, VerdictKind } from './Verdict.js';

const verdict = (kind: VerdictKind, message: string, more: Omit<Verdict, 'kind' | 'message'> = {}): Verdict => ({
  kind,
  message,
  ...more,
});

const KEYS: Readonly<Partial<Record<KeyComparison, string>>> = {
  missing: 'the Access-Accept has no MS-MPPE keys, so an access point could not encrypt',
  receiveDiffers: 'MS-MPPE-Recv-Key is not the first half of our MSK',
  sendDiffers: 'MS-MPPE-Send-Key is not the second half of our MSK',
  bothDiffer: 'neither of the MS-MPPE keys is a half of our MSK',
};

/** Accepted by both sides. */
export const accepted = (method: string, keys: KeyComparison): Verdict => {
  const problem = KEYS[keys];
  if (problem !== undefined)
    return verdict('keysDiffer', `${method} succeeded, but ${problem}`, {
      method,
      keys,
      advice: 'a proxy on the way may rewrite or drop the keys; check the shared secret of every hop',
    });
  const words = keys === 'match' ? 'and the MS-MPPE keys are ours' : 'and yields no keys, so it is none for Wi-Fi';
  return verdict('authenticated', `${method} succeeded, ${words}`, { method, keys });
};

type More = Omit<Verdict, 'kind' | 'message'>;

const rejectedIdentity = (where: string, more: More): Verdict =>
  verdict('rejectedIdentity', `the server refused the identity ${where}, before any password was asked for`, {
    ...more,
    advice: 'the user or the realm is not known there, or a policy of the server refuses this NAS',
  });

const methodRefused = ({ refused }: Trail, fault?: EapFault): Verdict => {
  const asked = [...new Set(refused)].join(', ');
  return verdict('methodRefused', `the server asked for ${asked}, and the profile does not allow that`, {
    ...(fault && { fault: fault.code }),
    advice: 'allow the method in the profile, or enable one of the profile on the server for this user',
  });
};

const DURING_TLS = {
  certificate: 'most often the client certificate: check its authority, dates and purpose; the log of the server tells',
  tunnel: 'most often no version or cipher of TLS in common; the log of the server tells',
} as const;

/** A refusal without a reason means what the server had learned before it. */
const rejectedBy = (trail: Trail, fault?: EapFault): Verdict => {
  const { method, refused, tls, inner } = trail;
  const more = { ...(fault && { fault: fault.code }), ...(method && { method: method.name }) };
  if (method === undefined)
    return refused.length > 0 ? methodRefused(trail, fault) : rejectedIdentity('at its first sight', more);
  const { name, type } = method;
  if (!isTlsMethod(type))
    return verdict('rejectedCredentials', `the server refused the user or the password in ${name}; it does not say which`, {
      ...more,
      advice: 'check the password, and whether the user exists in the database that the server looks in',
    });
  if (tls === undefined)
    return verdict('rejected', `the server refused during the TLS handshake of ${name}, without an alert`, {
      ...more,
      advice: DURING_TLS[type === EapMethod.codes.TLS ? 'certificate' : 'tunnel'],
    });
  if (type === EapMethod.codes.TLS)
    return verdict('rejectedCredentials', 'the server refused the client certificate after the handshake, without an alert', {
      ...more,
      advice:
        'check the authority, dates and purpose of the certificate, and that the identity belongs to it; the log of the server tells',
    });
  if (isTunnel(type) && type !== EapMethod.codes.TTLS && inner === undefined)
    return rejectedIdentity('inside of the tunnel', more);
  const innerWords = inner === undefined ? `inside of ${name}` : `in ${inner} inside of ${name}`;
  return verdict('rejectedCredentials', `the server refused the user or the password ${innerWords}; it does not say which`, {
    ...more,
    advice: 'check the inner identity and the password, and whether the server has a policy for the inner method',
  });
};

const alertName = ({ alert }: EapFault): string =>
  alert === undefined ? 'unknown' : (TlsAlert.nameOf(alert.description) ?? `${alert.description}`);

const byAlert = (trail: Trail, fault: EapFault): Verdict => {
  const alert = alertName(fault);
  const from = fault.alert?.by === 'peer' ? 'this side ended TLS' : 'the server ended TLS';
  const meaning = alertMeanings[alert];
  return verdict('tlsAlert', `${from} with the alert ${alert}${meaning === undefined ? '' : `: ${meaning}`}`, {
    ...ofFault(trail, fault),
    alert,
  });
};

const byCertificate = (trail: Trail, fault: EapFault): Verdict =>
  verdict('badServerCertificate', fault.message, {
    ...ofFault(trail, fault),
    ...(fault.alert && { alert: alertName(fault) }),
    advice: 'if this is the right server, put its authority and name into the profile; if not, somebody is in the way',
  });

const ofFault = ({ certificate, method }: Trail, fault: EapFault): More => {
  const name = fault.method ?? method?.name;
  return {
    fault: fault.code,
    ...(name !== undefined && { method: name }),
    ...(certificate && { certificate }),
    ...(fault.certificateError !== undefined && { certificateError: fault.certificateError }),
    ...(fault.serverCode !== undefined && { serverCode: fault.serverCode }),
  };
};

const KINDS: Readonly<Partial<Record<EapFault['code'], VerdictKind>>> = {
  noCredential: 'noCredential',
  wrongPassword: 'wrongPassword',
  accountRestricted: 'accountRestricted',
  tls: 'tlsFailed',
  serverUnproven: 'serverUnproven',
  noAnswer: 'noAnswer',
};

/** What the peer says has gone wrong, with what is known of the way there. */
export const byFault = (trail: Trail, fault: EapFault): Verdict => {
  switch (fault.code) {
    case 'rejected':
      return rejectedBy(trail, fault);
    case 'noCommonMethod':
      return methodRefused(trail, fault);
    case 'certificate':
      return byCertificate(trail, fault);
    case 'tlsAlert':
      return byAlert(trail, fault);
    default:
      return verdict(KINDS[fault.code] ?? 'protocolError', fault.message, ofFault(trail, fault));
  }
};

/** An Access-Reject that the peer has no opinion of. */
export const byReject = (trail: Trail): Verdict => rejectedBy(trail);

const SECRET_ADVICE = 'compare the shared secret with that of the client entry of the server for this address';

/** Nobody answered, or nobody who could be believed. */
export const byDoubts = ({ doubts, answers }: Trail, message: string): Verdict => {
  if (doubts.responseAuthenticator !== undefined || doubts.messageAuthenticator !== undefined)
    return verdict(
      'wrongSecret',
      `answers came, and none can be believed: ${doubts.responseAuthenticator ?? doubts.messageAuthenticator}`,
      {
        advice: SECRET_ADVICE,
      },
    );
  const doubt = doubts.noMessageAuthenticator ?? doubts.malformed ?? doubts.unexpectedCode;
  if (doubt !== undefined)
    return verdict('protocolError', `an answer came and was not believed: ${doubt}`, {
      advice: 'a server that is up to date sends a Message-Authenticator in every answer',
    });
  if (doubts.otherAddress !== undefined)
    return verdict('noAnswer', `an answer came and was not believed: ${doubts.otherAddress}`, {
      advice: 'have the server answer from the address it is asked at, or ask it at the one it answers from',
    });
  if (answers > 0)
    return verdict('noAnswer', `${message}, although it had answered before`, { advice: 'the log of the server tells why' });
  return verdict('noAnswer', message, {
    advice: `a server says nothing to a NAS it does not know, and nothing to a wrong secret: ${SECRET_ADVICE}; then look for a firewall`,
  });
};

/** No channel to a server. */
export const byChannel = (message: string, isCertificate: boolean): Verdict =>
  isCertificate
    ? verdict('badServerCertificate', message, {
        advice: 'give the authority of the RadSec server, and the name in its certificate',
      })
    : verdict('noAnswer', message, { advice: 'check the address, the port, and that the server runs' });

/** The method was content, and the server is not. */
export const byPolicy = (trail: Trail, method: string): Verdict =>
  verdict('rejected', `${method} succeeded, and then the server sent an Access-Reject`, {
    ...(trail.method && { method: trail.method.name }),
    advice: 'the user is who they say; a policy of the server refuses them: a group, an hour, this NAS, or too many sessions',
  });

export const byProtocol = (message: string): Verdict => verdict('protocolError', message);

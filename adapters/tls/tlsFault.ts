import { type EapFault, eapFault } from '../../operators/core/index.js';
import { TlsAlert, TlsContentType } from '../../streams/frames/index.js';

/** OpenSSL counts an alert that it received from here among its reasons. */
const FIRST_ALERT_REASON = 1000;
const LAST_ALERT_REASON = 1255;

const text = (error: Error, field: 'code' | 'reason'): string => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

/** `error:0A000418:SSL routines:…`, since OpenSSL 3.5 behind the number of a thread. */
const alertIn = (error: Error): number | undefined => {
  const code = /(?:^|:)error:([0-9A-F]{8}):/i.exec(error.message)?.[1];
  const reason = code === undefined ? 0 : Number.parseInt(code, 16) & 0x7fffff;
  return reason >= FIRST_ALERT_REASON && reason <= LAST_ALERT_REASON ? reason - FIRST_ALERT_REASON : undefined;
};

/** What the alerts of a server mostly mean where a network is joined. */
const MEANINGS: Readonly<Record<string, string>> = {
  unknown_ca: 'it does not trust the authority of the client certificate that it was shown',
  certificate_expired: 'the client certificate that it was shown has expired for it',
  certificate_revoked: 'the client certificate that it was shown has been revoked',
  certificate_required: 'it wants a client certificate and was shown none',
  bad_certificate: 'it does not accept the client certificate that it was shown',
  certificate_unknown: 'it does not accept the client certificate that it was shown',
  unsupported_certificate: 'it does not take a client certificate of this kind',
  access_denied: 'the client certificate is valid, and it is not to be let in',
  handshake_failure: 'there is no cipher suite or signature both sides allow, or it wants a client certificate',
  protocol_version: 'there is no version of TLS both sides allow',
  insufficient_security: 'it wants stronger ciphers than those that were offered',
  decrypt_error: 'a signature or a check value was wrong for it',
};

const fromServer = (description: number): EapFault => {
  const name = TlsAlert.nameOf(description) ?? `alert ${description}`;
  const meaning = MEANINGS[name];
  return eapFault('tlsAlert', `the server ended TLS with ${name}${meaning === undefined ? '' : `: ${meaning}`}`, {
    alert: { description, by: 'server' },
  });
};

const ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
  [/UNSUPPORTED_PROTOCOL|WRONG_VERSION_NUMBER|VERSION_TOO_LOW/, 'the server speaks no version of TLS that is allowed here'],
  [/UNSAFE_LEGACY_RENEGOTIATION/, 'the server does not know secure renegotiation (RFC 5746), which is wanted'],
  [/DH_KEY_TOO_SMALL|SMALL_DH/, 'the Diffie-Hellman group of the server is too small to be safe'],
  [/KEY_TOO_SMALL|MD_TOO_WEAK/, 'a certificate of the server has a key or a hash that is too weak'],
  [/BAD_RECORD_MAC|DECRYPTION_FAILED/, 'a record of the server was damaged on its way'],
];

/** The alert in records that nothing encrypts. */
const alertAmong = (records: Uint8Array): number | undefined => {
  let at = 0;
  while (at + 7 <= records.length) {
    const length = ((records[at + 3] ?? 0) << 8) | (records[at + 4] ?? 0);
    if (records[at] === TlsContentType.codes.ALERT && length === 2) return records[at + 6];
    at += 5 + length;
  }
  return undefined;
};

/** Why TLS came to an end, from what node:tls raised and what OpenSSL had to say to the server. */
export const tlsFault = (error: Error, records: Uint8Array): EapFault => {
  const received = alertIn(error);
  if (received !== undefined) return fromServer(received);
  const code = text(error, 'code');
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  const reason = text(error, 'reason') || code || 'of an unknown reason';
  const sent = alertAmong(records);
  return eapFault('tls', `TLS came to an end: ${advice === undefined ? reason : `${advice} (${reason})`}`, {
    ...(sent !== undefined && { alert: { description: sent, by: 'peer' } }),
  });
};

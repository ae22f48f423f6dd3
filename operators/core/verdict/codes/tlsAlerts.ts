import type { Speaker } from '../../../../streams/air/index.js';

type About = 'certificate' | 'trust' | 'version' | 'other';
type Row = readonly [code: number, name: string, means: string, about: About];

/** RFC 8446 section 6, with those of RFC 5246 section 7.2 it no longer uses. */
const rows: ReadonlyArray<Row> = [
  [0, 'close_notify', 'the sender has said all', 'other'],
  [10, 'unexpected_message', 'a message was out of order', 'other'],
  [20, 'bad_record_mac', 'a record could not be verified', 'other'],
  [21, 'decryption_failed', 'a record could not be decrypted', 'other'],
  [22, 'record_overflow', 'a record was too long', 'other'],
  [30, 'decompression_failure', 'a record could not be decompressed', 'other'],
  [40, 'handshake_failure', 'the two have no acceptable parameters in common', 'version'],
  [41, 'no_certificate', 'there is no certificate', 'certificate'],
  [42, 'bad_certificate', 'the certificate is broken, or its signature is wrong', 'certificate'],
  [43, 'unsupported_certificate', 'the certificate is of an unsupported kind', 'certificate'],
  [44, 'certificate_revoked', 'the certificate was revoked', 'certificate'],
  [45, 'certificate_expired', 'the certificate has expired, or a clock is wrong', 'certificate'],
  [46, 'certificate_unknown', 'the certificate is not acceptable', 'certificate'],
  [47, 'illegal_parameter', 'a parameter is wrong', 'other'],
  [48, 'unknown_ca', 'the certificate comes from an authority that is not trusted', 'trust'],
  [49, 'access_denied', 'the certificate is valid, but access is denied', 'certificate'],
  [50, 'decode_error', 'a message could not be decoded', 'other'],
  [51, 'decrypt_error', 'a signature or a finished message is wrong', 'other'],
  [70, 'protocol_version', 'the two have no version of TLS in common', 'version'],
  [71, 'insufficient_security', 'stronger ciphers are required', 'version'],
  [80, 'internal_error', 'the sender failed by itself', 'other'],
  [86, 'inappropriate_fallback', 'a retry with a lower version was refused', 'version'],
  [90, 'user_canceled', 'somebody cancelled it', 'other'],
  [100, 'no_renegotiation', 'renegotiation is refused', 'other'],
  [109, 'missing_extension', 'an extension is missing', 'version'],
  [110, 'unsupported_extension', 'an extension is not supported', 'version'],
  [112, 'unrecognized_name', 'the name of the server is not known', 'other'],
  [113, 'bad_certificate_status_response', 'the status of the certificate could not be confirmed', 'certificate'],
  [115, 'unknown_psk_identity', 'the identity of the pre-shared key is not known', 'other'],
  [116, 'certificate_required', 'a certificate is required and none was sent', 'certificate'],
  [120, 'no_application_protocol', 'the two have no application protocol in common', 'other'],
];

const byCode: ReadonlyMap<number, Row> = new Map(rows.map((row) => [row[0], row]));

export const nameOfAlert = (code: number): string => byCode.get(code)?.[1] ?? `alert_${code}`;

export const meaningOfAlert = (code: number): string => byCode.get(code)?.[2] ?? 'an alert nobody named';

/** Whose certificate an alert is about: the one its sender was shown. */
export const refusedCertificate = (code: number, from: Speaker): 'server' | 'client' | undefined => {
  const about = byCode.get(code)?.[3];
  if (about !== 'certificate' && about !== 'trust') return undefined;
  return from === 'station' ? 'server' : 'client';
};

/** What to do about an alert. */
export const todoOfAlert = (code: number, from: Speaker): string => {
  const about = byCode.get(code)?.[3] ?? 'other';
  const serverSide = from === 'station';
  switch (about) {
    case 'trust':
      return serverSide
        ? 'Install the authority (CA) that issued the RADIUS server’s certificate on the station, with the whole chain.'
        : 'Install the authority (CA) that issued the station’s certificate on the RADIUS server.';
    case 'certificate':
      return serverSide
        ? 'Check the RADIUS server’s certificate: dates, name, key usage and chain, and the clock of the station.'
        : 'Check the station’s certificate: dates, revocation, key usage and chain.';
    case 'version':
      return 'Compare the versions and cipher suites of TLS that station and RADIUS server allow.';
    case 'other':
      return `Look into the log of ${serverSide ? 'the station' : 'the RADIUS server'} for the TLS error.`;
  }
};

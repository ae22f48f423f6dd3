import type { X509Certificate } from 'node:crypto';
import type { CertificateSummary } from '../../operators/core/index.js';
import type { CertificateFields } from './certificateFields.js';

/** Control characters of a stranger's certificate do not reach a terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

/** `CN=Test Root, O=Postassoc tests` */
export const distinguishedName = (name: string): string => name.split('\n').map(printable).join(', ');

/** The fingerprint as it is pinned: hex without colons. */
export const fingerprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

const addressText = (octets: Uint8Array): string =>
  octets.length === 4 ? octets.join('.') : (Buffer.from(octets).toString('hex').match(/.{4}/g) ?? []).join(':');

/** What a person may want to know of a certificate. */
export const certificateSummary = (certificate: X509Certificate, fields: CertificateFields | undefined): CertificateSummary => ({
  subject: distinguishedName(certificate.subject ?? ''),
  issuer: distinguishedName(certificate.issuer ?? ''),
  validFrom: new Date(certificate.validFrom).toISOString(),
  validTo: new Date(certificate.validTo).toISOString(),
  fingerprint: fingerprintOf(certificate),
  names: (fields?.names ?? []).map(({ kind, text, octets }) => (kind === 'ip' ? addressText(octets) : printable(text))),
});

import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { distinguishedName } from './certificateSummary.js';
import { certificatesIn, credentialOf } from './secureContexts.js';
import type { ClientCredential, TlsSettings } from './TlsSettings.js';

/** That of a bundle only OpenSSL's context knows, by a call of Node's that is not documented: where it is missing, nothing is said. */
const ofBundle = (client: ClientCredential): X509Certificate | undefined => {
  const context: unknown = createSecureContext({ ca: [], ...credentialOf(client) }).context;
  const read: unknown = typeof context === 'object' && context !== null ? Reflect.get(context, 'getCertificate') : undefined;
  const der: unknown = typeof read === 'function' ? Reflect.apply(read, context, []) : undefined;
  return der instanceof Uint8Array ? new X509Certificate(der) : undefined;
};

const shownBy = (client: ClientCredential): X509Certificate | undefined =>
  client.kind === 'pem' ? certificatesIn(client.certificates)[0] : ofBundle(client);

const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

/** What should be known of one's own certificate before it is shown: a server may say no more than that it refuses. */
export const clientRemarks = ({ client, now = Date.now }: TlsSettings): ReadonlyArray<string> => {
  const certificate = client && shownBy(client);
  if (certificate === undefined) return [];
  const { subject, validFrom, validTo } = certificate;
  const name = JSON.stringify(distinguishedName(subject));
  if (now() > Date.parse(validTo))
    return [`the client certificate ${name} expired on ${day(validTo)}, and a server will refuse it`];
  return now() < Date.parse(validFrom)
    ? [`the client certificate ${name} is valid from ${day(validFrom)} only, and a server will refuse it`]
    : [];
};

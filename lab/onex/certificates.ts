import { fileURLToPath } from 'node:url';

const folder = new URL('../../spec/fixtures/eap/certs/', import.meta.url);

export const certificate = (file: string): string => fileURLToPath(new URL(file, folder));

/** Who vouches for the clients. */
export const CLIENT_CA = 'rsa-ca.pem';

/** A certificate for a server, and who vouches for it. */
export interface ServerCertificate {
  readonly name: string;
  readonly ca: string;
}

export const good: ServerCertificate = { name: 'server-rsa', ca: 'rsa-ca.pem' };
/** Of several kB, so that it takes fragments whatever the link. */
export const long: ServerCertificate = { name: 'server-chain', ca: 'rsa-ca.pem' };

/** Certificates no station may accept that trusts `ca` and expects `radius.example.org`, and what OpenSSL or we call it. */
export const bad: ReadonlyArray<{ readonly what: string; readonly shown: ServerCertificate; readonly error: string }> = [
  { what: 'has expired', shown: { name: 'server-expired', ca: 'ca.pem' }, error: 'CERT_HAS_EXPIRED' },
  { what: 'is not valid yet', shown: { name: 'server-early', ca: 'ca.pem' }, error: 'CERT_NOT_YET_VALID' },
  {
    what: 'is of an authority nobody trusts',
    shown: { name: 'server-untrusted', ca: 'ca.pem' },
    error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  },
  { what: 'is for another name', shown: { name: 'server-other-name', ca: 'ca.pem' }, error: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  { what: 'is for clients', shown: { name: 'server-wrong-use', ca: 'ca.pem' }, error: 'INVALID_PURPOSE' },
];

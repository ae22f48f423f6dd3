import { constants, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Secret } from '../../streams/events/index.js';
import { systemTrust } from './systemTrust.js';
import type { ClientCredential, TlsSettings } from './TlsSettings.js';

/** RFC 8996: what still speaks TLS 1.1 signs with SHA-1, which only the lowest level lets through. */
const OBSOLETE_CIPHERS = 'DEFAULT@SECLEVEL=0';

const SUITE_B: SecureContextOptions = {
  ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
  ecdhCurve: 'P-384',
  sigalgs: 'ecdsa_secp384r1_sha384:rsa_pss_rsae_sha384:rsa_pkcs1_sha384',
};

const isObsolete = (version: string | undefined): boolean => version === 'TLSv1' || version === 'TLSv1.1';

const ciphersOf = ({ suiteB192, minVersion }: TlsSettings): SecureContextOptions => {
  if (suiteB192 === true) return SUITE_B;
  return isObsolete(minVersion) ? { ciphers: OBSOLETE_CIPHERS } : {};
};

/** Not a copy, which nobody would wipe. */
const octetsOf = (secret: Secret): Buffer => {
  const { buffer, byteOffset, byteLength } = secret.reveal();
  return Buffer.from(buffer, byteOffset, byteLength);
};

const passphraseOf = (passphrase: Secret | undefined): SecureContextOptions =>
  passphrase === undefined ? {} : { passphrase: Buffer.from(passphrase.reveal()).toString('utf8') };

export const credentialOf = (client: ClientCredential): SecureContextOptions =>
  client.kind === 'pem'
    ? { cert: client.certificates, key: octetsOf(client.key), ...passphraseOf(client.passphrase) }
    : { pfx: octetsOf(client.bundle), ...passphraseOf(client.passphrase) };

/** The certificates in a text of PEM. Throws where one is damaged. */
export const certificatesIn = (pem: string): ReadonlyArray<X509Certificate> =>
  (pem.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );

/** An authority is a name and a key, in whichever certificate. */
export const authorityOf = ({ subject, publicKey }: X509Certificate): string =>
  JSON.stringify([subject, publicKey.export({ type: 'spki', format: 'der' }).toString('base64')]);

/** The roots that settings trust, in PEM; none where they trust no root. */
export const authoritiesOf = ({ trust }: TlsSettings): string | undefined => {
  if (trust.kind === 'authorities') return trust.pem;
  return trust.kind === 'system' ? systemTrust().pem : undefined;
};

const contextOf = (settings: TlsSettings, authorities: string | undefined, presentsCertificate: boolean): SecureContext =>
  createSecureContext({
    // Not the roots of Node, which would be trusted if nothing were said.
    ca: authorities ?? [],
    minVersion: settings.minVersion ?? 'TLSv1.2',
    maxVersion: settings.maxVersion ?? 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    ...ciphersOf(settings),
    ...(presentsCertificate && settings.client !== undefined && credentialOf(settings.client)),
  });

/** What OpenSSL holds of settings: read once, however many sessions there are. */
export interface SecureContexts {
  /** Throws where the settings are no good. */
  of(presentsCertificate: boolean): SecureContext;
  /** The roots that are trusted, and nothing a bundle of PKCS#12 brings along. */
  authorities(): ReadonlySet<string>;
}

export const secureContexts = (settings: TlsSettings): SecureContexts => {
  const contexts = new Map<boolean, SecureContext>();
  let pem: string | undefined;
  let authorities: ReadonlySet<string> | undefined;
  const roots = (): string | undefined => {
    pem ??= authoritiesOf(settings);
    return pem;
  };
  return {
    of: (presentsCertificate) => {
      if (isObsolete(settings.minVersion) && settings.insecureObsoleteTls !== true) throw new Error('obsolete');
      const context = contexts.get(presentsCertificate) ?? contextOf(settings, roots(), presentsCertificate);
      contexts.set(presentsCertificate, context);
      return context;
    },
    authorities: () => {
      authorities ??= new Set(certificatesIn(roots() ?? '').map(authorityOf));
      return authorities;
    },
  };
};

import { createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { authoritiesOf, certificatesIn, credentialOf } from './secureContexts.js';
import type { ClientCredential, TlsSettings } from './TlsSettings.js';

const reasonOf = (error: unknown): string => {
  const reason: unknown = error instanceof Error ? (Reflect.get(error, 'reason') ?? error.message) : undefined;
  return typeof reason === 'string' ? reason : 'unreadable';
};

const authorityProblems = (settings: TlsSettings): ReadonlyArray<string> => {
  const { trust } = settings;
  if (trust.kind !== 'authorities' && trust.kind !== 'system') return [];
  const where = trust.kind === 'system' ? 'the roots of the system' : 'the file of trusted authorities';
  try {
    return certificatesIn(authoritiesOf(settings) ?? '').length > 0
      ? []
      : [`${where}: there is no certificate in PEM; each stands between BEGIN CERTIFICATE and END CERTIFICATE`];
  } catch (error) {
    return [`${where}: a certificate is damaged, or they cannot be read (${reasonOf(error)})`];
  }
};

const ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
  [/bad decrypt|mac verify failure|maybe wrong password|bad password/i, 'the passphrase of the key is wrong'],
  [/passphrase required|interrupted or cancelled/i, 'the key is encrypted, and no passphrase is given'],
  [/values mismatch|key type mismatch/i, 'the key does not belong to the certificate'],
  [
    /unsupported/i,
    'the file is encrypted in a way this OpenSSL no longer reads (such as RC2); write it anew with `openssl pkcs12 -legacy … | openssl pkcs12 -export`',
  ],
  [/no start line/i, 'there is no certificate or no key in PEM'],
];

/** OpenSSL takes a key of another kind for that of another certificate, and says nothing. */
const keyFits = ({ certificates, key, passphrase }: ClientCredential & { readonly kind: 'pem' }): boolean => {
  const [certificate] = certificatesIn(certificates);
  const opened = passphrase === undefined ? {} : { passphrase: Buffer.from(passphrase.reveal()) };
  return (
    certificate === undefined || certificate.checkPrivateKey(createPrivateKey({ key: Buffer.from(key.reveal()), ...opened }))
  );
};

const clientProblems = ({ client }: TlsSettings): ReadonlyArray<string> => {
  if (client === undefined) return [];
  const problem = (why: string): ReadonlyArray<string> => [`the client certificate or its key cannot be used: ${why}`];
  try {
    if (client.kind === 'pem' && !keyFits(client)) return problem('the key does not belong to the certificate');
    createSecureContext({ ca: [], ...credentialOf(client) });
    return [];
  } catch (error) {
    const reason = reasonOf(error);
    const advice = ADVICE.find(([pattern]) => pattern.test(reason))?.[1];
    return problem(advice === undefined ? reason : `${advice} (${reason})`);
  }
};

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

const versionProblems = ({
  minVersion = 'TLSv1.2',
  maxVersion = 'TLSv1.3',
  insecureObsoleteTls,
}: TlsSettings): ReadonlyArray<string> => [
  ...(VERSIONS.indexOf(minVersion) < VERSIONS.indexOf('TLSv1.2') && insecureObsoleteTls !== true
    ? [`${minVersion} is obsolete (RFC 8996), and is not used unless insecureObsoleteTls is set`]
    : []),
  ...(VERSIONS.indexOf(minVersion) > VERSIONS.indexOf(maxVersion)
    ? [`no version of TLS is both ${minVersion} or later and ${maxVersion} or earlier`]
    : []),
];

const pinProblems = ({ trust, pins = [] }: TlsSettings): ReadonlyArray<string> => [
  ...pins
    .filter((pin) => !/^[0-9a-f]{64}$/i.test(pin.replaceAll(':', '')))
    .map((pin) => `${JSON.stringify(pin)} is no SHA-256 in hex: 64 digits are wanted`),
  ...(trust.kind === 'pinned' && pins.length === 0 ? ['only pinned certificates are trusted, and none is pinned'] : []),
];

/** What is wrong with settings, in sentences without secrets; nothing if they can be used. */
export const settingsProblems = (settings: TlsSettings): ReadonlyArray<string> => [
  ...authorityProblems(settings),
  ...clientProblems(settings),
  ...versionProblems(settings),
  ...pinProblems(settings),
];

import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/** Where systems keep their roots: Debian and its kin, Fedora and its kin, SUSE, Alpine and the BSDs. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The roots of a system, and where they are from. */
export interface SystemTrust {
  readonly pem: string;
  readonly source: string;
}

/**
 * The roots of the system: the file SSL_CERT_FILE names, the bundle of a system, or those node carries along. Node 20 has no call for
 * this, and the later one reads more than the bundle.
 */
export const systemTrust = (environment: Readonly<Record<string, string | undefined>> = process.env): SystemTrust => {
  const bundle = [environment['SSL_CERT_FILE'] ?? '', ...BUNDLES].find((path) => path !== '' && existsSync(path));
  return bundle === undefined
    ? { pem: rootCertificates.join('\n'), source: 'the roots that come with Node' }
    : { pem: readFileSync(bundle, 'utf8'), source: bundle };
};

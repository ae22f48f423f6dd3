import { certificate } from '../../lab/onex/certificates.js';
import { holder, inner, outer, PASSWORD, users } from '../../lab/onex/identities.js';

/** A way to authenticate, as a network of a configuration of wpa_supplicant: both peers read the same file. */
export interface Network {
  readonly name: string;
  readonly configuration: string;
  /** How long ours may take, in parts of eapol_test's time. */
  readonly target?: number;
}

const quoted = (name: string, value: string): string => `${name}="${value}"`;

/** Nothing is resumed: neither server keeps sessions, and `fast_reauth=0` has eapol_test not ask for it. */
const network = (name: string, target: number | undefined, lines: ReadonlyArray<string>): Network => ({
  name,
  configuration: `fast_reauth=0\nnetwork={\n${['key_mgmt=WPA-EAP', ...lines].map((line) => `  ${line}\n`).join('')}}\n`,
  ...(target !== undefined && { target }),
});

const trust = quoted('ca_cert', certificate('rsa-ca.pem'));
const tls12 = quoted('phase1', 'tls_disable_tlsv1_3=1');
const tls13 = quoted('phase1', 'tls_disable_tlsv1_3=0');

const tunnel = (eap: string, phase2: string): ReadonlyArray<string> => [
  `eap=${eap}`,
  quoted('identity', inner),
  quoted('anonymous_identity', outer),
  quoted('password', PASSWORD),
  trust,
  tls12,
  quoted('phase2', phase2),
];

const withCertificate = (version: string): ReadonlyArray<string> => [
  'eap=TLS',
  quoted('identity', holder),
  trust,
  quoted('client_cert', certificate('client-rsa.pem')),
  quoted('private_key', certificate('client-rsa.key')),
  version,
];

const withPassword = (eap: string, identity: string): ReadonlyArray<string> => [
  `eap=${eap}`,
  quoted('identity', identity),
  quoted('password', PASSWORD),
];

export const networks: ReadonlyArray<Network> = [
  network('PEAP-MSCHAPv2', 1, tunnel('PEAP', 'auth=MSCHAPV2')),
  network('TTLS-PAP', 1, tunnel('TTLS', 'auth=PAP')),
  network('PWD', 1, withPassword('PWD', users.PWD)),
  network('TLS-1.2', 1.3, withCertificate(tls12)),
  network('TLS-1.3', 1.3, withCertificate(tls13)),
  network('MSCHAPv2', undefined, withPassword('MSCHAPV2', users.MSCHAPv2)),
];

import { certificate, good, type ServerCertificate } from './certificates.js';
import { holder, inner, outer, PASSWORD, users } from './identities.js';

/** A way to authenticate, as a network of a configuration of wpa_supplicant: both peers read the same. */
export interface Method {
  readonly name: string;
  readonly usesTls: boolean;
  readonly yieldsKeys: boolean;
  readonly network: (more?: MethodChoices) => string;
}

export interface MethodChoices {
  readonly trusts?: ServerCertificate;
  readonly tls?: '1.2' | '1.3';
  readonly password?: string;
  readonly identity?: string;
  /** Of PEAP. */
  readonly cryptobinding?: 'never' | 'require';
  /** Whose certificate is shown by TLS. */
  readonly client?: string;
  /** Lines to be added. */
  readonly more?: ReadonlyArray<string>;
}

const block = (lines: ReadonlyArray<string>): string => `network={\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const quoted = (name: string, value: string): string => `${name}="${value}"`;

const tlsSwitch = (tls: '1.2' | '1.3'): string => `tls_disable_tlsv1_3=${tls === '1.3' ? 0 : 1}`;
/** Of PEAP there is version 0 here; wpa_supplicant would take 1 with hostapd. */
const versionSwitch = { PEAP: ['peapver=0'], TTLS: [] } as const;
const bindingSwitch = { never: 'crypto_binding=0', require: 'crypto_binding=2' } as const;

const withCertificate = (client = 'client-rsa'): ReadonlyArray<string> => [
  quoted('client_cert', certificate(`${client}.pem`)),
  quoted('private_key', certificate(`${client}.key`)),
];

const plain = (eap: keyof typeof users, yieldsKeys: boolean): Method => ({
  name: eap,
  usesTls: false,
  yieldsKeys,
  network: ({ password = PASSWORD, identity = users[eap], more = [] } = {}) =>
    block([
      yieldsKeys ? 'key_mgmt=WPA-EAP' : 'key_mgmt=IEEE8021X',
      ...(yieldsKeys ? [] : ['eapol_flags=0']),
      `eap=${eap.toUpperCase()}`,
      quoted('identity', identity),
      quoted('password', password),
      ...more,
    ]),
});

const trusting = ({ ca }: ServerCertificate): string => quoted('ca_cert', certificate(ca));

const tls: Method = {
  name: 'TLS',
  usesTls: true,
  yieldsKeys: true,
  network: ({ trusts = good, tls: version = '1.2', identity = holder, client, more = [] } = {}) =>
    block([
      'key_mgmt=WPA-EAP',
      'eap=TLS',
      quoted('identity', identity),
      trusting(trusts),
      ...withCertificate(client),
      quoted('phase1', tlsSwitch(version)),
      ...more,
    ]),
};

const tunnel = (eap: 'PEAP' | 'TTLS', phase2: string, name: string, extra: ReadonlyArray<string> = []): Method => ({
  name,
  usesTls: true,
  yieldsKeys: true,
  network: ({ trusts = good, tls: version = '1.2', password = PASSWORD, identity, cryptobinding, more = [] } = {}) =>
    block([
      'key_mgmt=WPA-EAP',
      `eap=${eap}`,
      quoted('identity', identity ?? (extra.length > 0 ? holder : inner)),
      quoted('anonymous_identity', outer),
      quoted('password', password),
      trusting(trusts),
      quoted(
        'phase1',
        [tlsSwitch(version), ...versionSwitch[eap], ...(cryptobinding ? [bindingSwitch[cryptobinding]] : [])].join(' '),
      ),
      quoted('phase2', phase2),
      ...extra,
      ...more,
    ]),
});

const innerCertificate = [
  quoted('ca_cert2', certificate('rsa-ca.pem')),
  quoted('client_cert2', certificate('client-rsa.pem')),
  quoted('private_key2', certificate('client-rsa.key')),
];

export const peapMschapv2 = tunnel('PEAP', 'auth=MSCHAPV2', 'PEAP-MSCHAPv2');
export const ttlsPap = tunnel('TTLS', 'auth=PAP', 'TTLS-PAP');
export const pwd = plain('PWD', true);
export const md5 = plain('MD5', false);
export const eapTls = tls;

export const methods: ReadonlyArray<Method> = [
  tls,
  peapMschapv2,
  tunnel('PEAP', 'auth=GTC', 'PEAP-GTC'),
  tunnel('PEAP', 'auth=TLS', 'PEAP-TLS', innerCertificate),
  ttlsPap,
  tunnel('TTLS', 'auth=CHAP', 'TTLS-CHAP'),
  tunnel('TTLS', 'auth=MSCHAP', 'TTLS-MSCHAP'),
  tunnel('TTLS', 'auth=MSCHAPV2', 'TTLS-MSCHAPv2'),
  tunnel('TTLS', 'autheap=MSCHAPV2', 'TTLS-EAP-MSCHAPv2'),
  tunnel('TTLS', 'autheap=GTC', 'TTLS-EAP-GTC'),
  tunnel('TTLS', 'autheap=MD5', 'TTLS-EAP-MD5'),
  tunnel('TTLS', 'autheap=TLS', 'TTLS-EAP-TLS', innerCertificate),
  pwd,
  plain('MSCHAPv2', true),
  plain('GTC', false),
  md5,
];

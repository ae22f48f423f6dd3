import { readFileSync } from 'node:fs';
import { CLIENT_CA, certificate, good } from '../../onex/certificates.js';
import { holder, inner, outer, PASSWORD, users } from '../../onex/identities.js';
import { SSID } from '../scenarios/networks.js';
import { BENCH, type BenchNetwork } from './BenchNetwork.js';

const PROFILE = 'profile.yaml';
const USERS = 'eap_users';
const CLIENT = 'client-rsa';

const BOOKS = [
  `"${users.PWD}" PWD "${PASSWORD}"`,
  `"${outer}" PEAP,TTLS`,
  `"${holder}" TLS`,
  `"${inner}" MSCHAPV2,TTLS-PAP "${PASSWORD}" [2]`,
];

const inGuest = (file: string): string => `${BENCH}/${file}`;
const copies = (...names: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, readFileSync(certificate(name), 'utf8')]));

/** An access point with an EAP server of its own. */
const ACCESS_POINT = [
  ...[`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=WPA-EAP', 'rsn_pairwise=CCMP', 'ieee8021x=1', 'eap_server=1', 'pwd_group=19'],
  ...[`eap_user_file=${inGuest(USERS)}`, `ca_cert=${inGuest(CLIENT_CA)}`],
  ...[`server_cert=${inGuest(`${good.name}.pem`)}`, `private_key=${inGuest(`${good.name}.key`)}`],
];

interface Told {
  /** Lines of a profile, below `eap`. */
  readonly profile: ReadonlyArray<string>;
  readonly wpaSupplicant: ReadonlyArray<string>;
  readonly iwd: ReadonlyArray<string>;
}

const quoted = (name: string, value: string): string => `${name}="${value}"`;

const oneX = (name: string, { profile, wpaSupplicant, iwd }: Told): BenchNetwork => ({
  name,
  play: 'connect',
  accessPoint: ACCESS_POINT,
  instructions: {
    postassoc: ['--profile', inGuest(PROFILE)],
    wpaSupplicant: { network: ['key_mgmt=WPA-EAP', ...wpaSupplicant] },
    iwd: { kind: '8021x', lines: ['[Security]', ...iwd, '[Settings]', 'AutoConnect=true'] },
  },
  files: {
    [USERS]: `${BOOKS.join('\n')}\n`,
    [PROFILE]: [
      'name: Lab',
      `ssid: ${SSID}`,
      'security: wpa2-enterprise',
      'eap:',
      ...profile.map((line) => `  ${line}`),
      '',
    ].join('\n'),
    ...copies(CLIENT_CA, good.ca, `${good.name}.pem`, `${good.name}.key`, `${CLIENT}.pem`, `${CLIENT}.key`),
  },
});

const SERVER = `server: { caFile: ${good.ca}, names: radius.example.org }`;

const tunnel = (method: 'PEAP' | 'TTLS', phase2: string, iwd: ReadonlyArray<string>): Told => ({
  profile: [`methods: ${method}`, `identity: ${inner}`, `anonymousIdentity: ${outer}`, `password: ${PASSWORD}`, SERVER],
  wpaSupplicant: [
    `eap=${method}`,
    quoted('identity', inner),
    quoted('anonymous_identity', outer),
    quoted('password', PASSWORD),
    quoted('ca_cert', inGuest(good.ca)),
    quoted('phase2', phase2),
    ...(method === 'PEAP' ? [quoted('phase1', 'peapver=0')] : []),
  ],
  iwd: [`EAP-Method=${method}`, `EAP-Identity=${outer}`, `EAP-${method}-CACert=${inGuest(good.ca)}`, ...iwd],
});

/** Networks with 802.1X. */
export const enterpriseNetworks: ReadonlyArray<BenchNetwork> = [
  oneX('eap-pwd', {
    profile: ['methods: PWD', `identity: ${users.PWD}`, `password: ${PASSWORD}`],
    wpaSupplicant: ['eap=PWD', quoted('identity', users.PWD), quoted('password', PASSWORD)],
    iwd: ['EAP-Method=PWD', `EAP-Identity=${users.PWD}`, `EAP-Password=${PASSWORD}`],
  }),
  oneX(
    'eap-peap',
    tunnel('PEAP', 'auth=MSCHAPV2', [
      'EAP-PEAP-Phase2-Method=MSCHAPV2',
      `EAP-PEAP-Phase2-Identity=${inner}`,
      `EAP-PEAP-Phase2-Password=${PASSWORD}`,
    ]),
  ),
  oneX('eap-tls', {
    profile: [
      ...['methods: TLS', `identity: ${holder}`],
      ...[`certificate: { certFile: ${CLIENT}.pem, keyFile: ${CLIENT}.key }`, SERVER],
    ],
    wpaSupplicant: [
      ...['eap=TLS', quoted('identity', holder), quoted('ca_cert', inGuest(good.ca))],
      ...[quoted('client_cert', inGuest(`${CLIENT}.pem`)), quoted('private_key', inGuest(`${CLIENT}.key`))],
    ],
    iwd: [
      ...['EAP-Method=TLS', `EAP-Identity=${holder}`, `EAP-TLS-CACert=${inGuest(good.ca)}`],
      ...[`EAP-TLS-ClientCert=${inGuest(`${CLIENT}.pem`)}`, `EAP-TLS-ClientKey=${inGuest(`${CLIENT}.key`)}`],
    ],
  }),
  oneX(
    'eap-ttls',
    tunnel('TTLS', 'auth=PAP', [
      'EAP-TTLS-Phase2-Method=Tunneled-PAP',
      `EAP-TTLS-Phase2-Identity=${inner}`,
      `EAP-TTLS-Phase2-Password=${PASSWORD}`,
    ]),
  ),
];

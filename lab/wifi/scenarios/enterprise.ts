import { readFileSync } from 'node:fs';
import { bad, CLIENT_CA, certificate, good, type ServerCertificate } from '../../onex/certificates.js';
import { holder, inner, outer, PASSWORD, users } from '../../onex/identities.js';
import type { Scenario } from '../Scenario.js';
import type { Stage } from '../Stage.js';
import { check, checkAir, checkAuthorised, checkGone, milliseconds } from './checks.js';
import { SSID } from './networks.js';

const copied = (stage: Stage, file: string): string => stage.write(file, readFileSync(certificate(file), 'utf8'));

interface Network {
  readonly server?: ServerCertificate;
  /** Who vouches for the clients. */
  readonly clientCa?: string;
  readonly security?: string;
  /** Lines of hostapd's configuration. */
  readonly lines?: ReadonlyArray<string>;
}

const WPA2 = ['wpa_key_mgmt=WPA-EAP', 'rsn_pairwise=CCMP'];

/** An access point with an EAP server of its own. */
export const oneXAccessPoint = (
  stage: Stage,
  { server = good, clientCa = CLIENT_CA, lines = WPA2 }: Network = {},
): ReadonlyArray<string> => {
  const books = [
    `"${users.PWD}" PWD "${PASSWORD}"`,
    `"${outer}" PEAP,TTLS`,
    `"${holder}" TLS`,
    `"${inner}" MSCHAPV2,TTLS-PAP,TTLS-MSCHAPV2 "${PASSWORD}" [2]`,
  ];
  return [
    ...[`ssid=${SSID}`, 'wpa=2', ...lines, 'ieee8021x=1', 'eap_server=1', 'pwd_group=19'],
    ...[`eap_user_file=${stage.write('eap_users', `${books.join('\n')}\n`)}`, `ca_cert=${copied(stage, clientCa)}`],
    ...[`server_cert=${copied(stage, `${server.name}.pem`)}`, `private_key=${copied(stage, `${server.name}.key`)}`],
  ];
};

const profileOf = (security: string, eap: ReadonlyArray<string>): string =>
  ['name: Lab', `ssid: ${SSID}`, `security: ${security}`, 'eap:', ...eap.map((line) => `  ${line}`), ''].join('\n');

const begin = async (stage: Stage, network: Network, eap: ReadonlyArray<string>): Promise<string> => {
  await stage.startAccessPoint(oneXAccessPoint(stage, network));
  // A profile looks for its files beside itself.
  for (const file of ['rsa-ca.pem', 'p384-ca.pem', 'client-rsa.pem', 'client-rsa.key', 'client-p384.pem', 'client-p384.key'])
    copied(stage, file);
  return stage.startStation({ ssid: SSID, profile: profileOf(network.security ?? 'wpa2-enterprise', eap) });
};

interface Told {
  readonly akm: string;
  readonly pairwise?: string;
  readonly isProtected?: boolean;
}

const oneX = (name: string, eap: ReadonlyArray<string>, network: Network = {}, told: Told = { akm: '802.1X' }): Scenario => ({
  name,
  isCore: told.akm !== '802.1X-SHA256',
  run: async (stage) => {
    const station = await begin(stage, network, eap);
    await stage.tells(station, 'connected');
    const { akm, pairwise = 'CCMP-128', isProtected = false } = told;
    const said = stage.linesOf(station).find(({ kind }) => kind === 'connected');
    check(said?.['akm'] === akm && said['pairwise'] === pairwise, `it is ${said?.['akm']} with ${said?.['pairwise']}`);
    check(/MFP:\s+yes/.test(await stage.stationDump()) === isProtected, 'management frames are protected the other way');
    await checkAuthorised(stage);
    await stage.pingBothWays();
    await checkGone(stage, station);
    await checkAir(stage, 'authorized', 'pmk');
    return milliseconds(stage, station);
  },
});

const PWD = ['methods: PWD', `identity: ${users.PWD}`, `password: ${PASSWORD}`];
export const pwdProfile = profileOf('wpa2-enterprise', PWD);

const trusting = `server: { caFile: ${good.ca}, names: radius.example.org }`;
const tunnel = [`identity: ${inner}`, `anonymousIdentity: ${outer}`, trusting];
const tunnelled = (method: string): ReadonlyArray<string> => [`methods: ${method}`, ...tunnel, `password: ${PASSWORD}`];
const ofCertificate = [
  'methods: TLS',
  `identity: ${holder}`,
  'certificate: { certFile: client-rsa.pem, keyFile: client-rsa.key }',
];

const sha256: Network = {
  security: 'wpa3-enterprise',
  lines: ['wpa_key_mgmt=WPA-EAP-SHA256', 'rsn_pairwise=CCMP', 'ieee80211w=2'],
};

const suiteB192: Network = {
  server: { name: 'server-p384', ca: 'p384-ca.pem' },
  clientCa: 'p384-ca.pem',
  security: 'wpa3-enterprise-192',
  lines: [
    ...['wpa_key_mgmt=WPA-EAP-SUITE-B-192', 'rsn_pairwise=GCMP-256', 'group_cipher=GCMP-256'],
    ...['group_mgmt_cipher=BIP-GMAC-256', 'ieee80211w=2', 'openssl_ciphers=SUITEB192'],
  ],
};
const ofP384 = [
  ...['methods: TLS', `identity: ${holder}`, 'certificate: { certFile: client-p384.pem, keyFile: client-p384.key }'],
  'server: { caFile: p384-ca.pem, names: radius.example.org }',
];

/** Guest time in which nobody who was refused may come back. */
const QUIET_S = 50;

const associations = (stage: Stage): number => stage.read('ap.log').match(/ binding station to interface/g)?.length ?? 0;

const wrongPassword: Scenario = {
  name: 'eap-wrong-password',
  isCore: false,
  run: async (stage) => {
    const station = await begin(stage, {}, [...tunnelled('PEAP').slice(0, -1), 'password: wrong horse battery']);
    await stage.tells(station, 'failed');
    const said = JSON.stringify(stage.linesOf(station).find(({ kind }) => kind === 'failed'));
    check(said.includes('"verdict":{"kind":"wrongPassword"') || said.includes('rejectedCredentials'), `it says ${said}`);
    const before = associations(stage);
    await stage.must(`sleep ${QUIET_S}`);
    check(associations(stage) === before, 'it came back at once');
    await stage.tells(station, 'gaveUp');
    await stage.says(`${station}.status`, /1/);
    check(!/AP-STA-CONNECTED/.test(stage.read('ap.log')), 'the access point let the station in');
    return `${stage.countOf(station, 'failed')} attempts, a minute apart, and no more`;
  },
};

const untrusted: Scenario = {
  name: 'eap-untrusted-server',
  isCore: false,
  run: async (stage) => {
    const server = bad.find(({ what }) => what.includes('nobody trusts'))?.shown ?? good;
    const station = await begin(stage, { server }, tunnelled('PEAP'));
    await stage.tells(station, 'failed');
    const said = JSON.stringify(stage.linesOf(station).find(({ kind }) => kind === 'failed'));
    check(said.includes('"verdict":{"kind":"badServerCertificate"'), `it says ${said}`);
    check(!/MSCHAPV2/i.test(stage.read('ap.log').replace(/.*eap_user.*\n/g, '')), 'a password was about to be shown');
    const before = associations(stage);
    await stage.must(`sleep ${QUIET_S}`);
    check(associations(stage) === before, 'it came back at once');
    check((await stage.endStation(station)) === 1, 'the last verdict was no failure');
    return 'told, and not tried again within a minute';
  },
};

/** Networks with 802.1X. */
export const enterprise: ReadonlyArray<Scenario> = [
  oneX('eap-pwd', PWD),
  oneX('eap-peap', tunnelled('PEAP')),
  oneX('eap-ttls', tunnelled('{ method: TTLS, inner: PAP }')),
  oneX('eap-tls', [...ofCertificate, trusting]),
  oneX('eap-sha256-pmf', tunnelled('PEAP'), sha256, { akm: '802.1X-SHA256', isProtected: true }),
  oneX('eap-suite-b-192', ofP384, suiteB192, { akm: 'Suite-B-192', pairwise: 'GCMP-256', isProtected: true }),
  wrongPassword,
  untrusted,
];

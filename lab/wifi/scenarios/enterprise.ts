import { readFileSync } from 'node:fs';
import { CLIENT_CA, certificate, good } from '../../onex/certificates.js';
import { holder, inner, outer, PASSWORD, users } from '../../onex/identities.js';
import type { Scenario } from '../Scenario.js';
import type { Stage } from '../Stage.js';
import { checkAuthorised, checkGone, milliseconds } from './checks.js';
import { SSID } from './networks.js';

const copied = (stage: Stage, file: string): string => stage.write(file, readFileSync(certificate(file), 'utf8'));

/** An access point with an EAP server of its own. */
export const oneXAccessPoint = (stage: Stage): ReadonlyArray<string> => {
  const books = `"${users.PWD}" PWD "${PASSWORD}"\n"${outer}" PEAP\n"${holder}" TLS\n"${inner}" MSCHAPV2 "${PASSWORD}" [2]\n`;
  return [
    ...[`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=WPA-EAP', 'rsn_pairwise=CCMP', 'ieee8021x=1', 'eap_server=1', 'pwd_group=19'],
    ...[`eap_user_file=${stage.write('eap_users', books)}`, `ca_cert=${copied(stage, CLIENT_CA)}`],
    ...[`server_cert=${copied(stage, `${good.name}.pem`)}`, `private_key=${copied(stage, `${good.name}.key`)}`],
  ];
};

const profileOf = (...eap: ReadonlyArray<string>): string =>
  ['name: Lab', `ssid: ${SSID}`, 'security: wpa2-enterprise', 'eap:', ...eap.map((line) => `  ${line}`), ''].join('\n');

const oneX = (name: string, ...eap: ReadonlyArray<string>): Scenario => ({
  name,
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint(oneXAccessPoint(stage));
    const station = await stage.startStation({ ssid: SSID, profile: profileOf(...eap) });
    await stage.tells(station, 'connected');
    await checkAuthorised(stage);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
});

const peap = oneX(
  'eap-peap',
  'methods: PEAP',
  `identity: ${inner}`,
  `anonymousIdentity: ${outer}`,
  `password: ${PASSWORD}`,
  `server: { caFile: ${good.ca}, names: radius.example.org }`,
);
const PWD = ['methods: PWD', `identity: ${users.PWD}`, `password: ${PASSWORD}`];
export const pwdProfile = profileOf(...PWD);
const pwd = oneX('eap-pwd', ...PWD);

/** Networks with 802.1X. */
export const enterprise: ReadonlyArray<Scenario> = [pwd, peap];

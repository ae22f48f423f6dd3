import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_CA, certificate, good } from '../onex/certificates.js';
import { holder, inner, outer, PASSWORD, users } from '../onex/identities.js';
import { explained } from './explained.js';
import { STATION_MAC, type Stage } from './Stage.js';

/** Something that has to happen between a station and an access point; whatever does not is thrown. Answers with what is worth knowing. */
export interface Scenario {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<string>;
}

const SSID = 'lab';
const PASSPHRASE = 'correct horse battery';
const PSK = [`ssid=${SSID}`, 'wpa=2', 'rsn_pairwise=CCMP', `wpa_passphrase=${PASSPHRASE}`];
const WPA2 = [...PSK, 'wpa_key_mgmt=WPA-PSK'];
const REKEY_S = 4;

const check = (isTrue: boolean, what: string): void => {
  if (!isTrue) throw new Error(what);
};

const checkAuthorised = async (stage: Stage): Promise<void> => {
  check(/authorized:\s+yes/.test(await stage.stationDump()), 'the kernel does not have the station authorised');
};

/** Nothing of the connection is left, and the access point was told. */
const checkGone = async (stage: Stage, station: string): Promise<void> => {
  check((await stage.endStation(station)) === 0, 'the station did not end with status 0');
  check((await stage.stationDump()).trim() === '', 'the kernel still has a station');
  await stage.says('ap.log', new RegExp(`AP-STA-DISCONNECTED ${STATION_MAC}`));
};

/** The capture of the air has to tell the same story. */
const checkAir = async (stage: Stage, outcome: 'authorized' | 'failed'): Promise<void> => {
  await stage.endCapture();
  const found = explained(join(stage.folder, 'air.pcap'), `wpa-pwd:${PASSPHRASE}:${SSID}`);
  check(found.at(-1) === outcome, `the capture of the air tells another story: ${found.join(', ')}`);
};

const milliseconds = (stage: Stage, station: string): string => {
  const lines = stage.linesOf(station);
  const at = (wanted: (line: (typeof lines)[number]) => boolean): number | undefined => lines.find(wanted)?.t;
  const chosen = at(({ kind }) => kind === 'chosen');
  const connected = at(({ kind }) => kind === 'connected');
  const [m1, m2] = ['message 1 of 4', 'message 2 of 4'].map((words) => at((line) => line['words'] === words));
  const spans = [
    chosen !== undefined && connected !== undefined && `${((connected - chosen) / 1000).toFixed(0)} ms to connect`,
    m1 !== undefined && m2 !== undefined && `message 1 to 2 ${((m2 - m1) / 1000).toFixed(1)} ms`,
  ];
  return spans.filter((span) => span !== false).join(', ');
};

const connects = async (stage: Stage, accessPoint: ReadonlyArray<string>, passphrase?: string): Promise<string> => {
  await stage.startAccessPoint(accessPoint);
  const station = await stage.startStation({ ssid: SSID, ...(passphrase !== undefined && { passphrase }) });
  await stage.tells(station, 'connected');
  await checkAuthorised(stage);
  await stage.pingBothWays();
  return station;
};

const capabilities: Scenario = {
  name: 'capabilities',
  run: async (stage) => {
    const told: unknown = JSON.parse(await stage.must('ip netns exec sta postassoc live wifi -i wlan1 --capabilities --json'));
    const text = JSON.stringify(told);
    for (const word of ['"CCMP"', '"GCMP_256"', '"BIP_CMAC_128"', '"controlPort":true', '"byFrames":true'])
      check(text.includes(word), `${word} is not among the capabilities: ${text}`);
    stage.write('capabilities.txt', await stage.must('ip netns exec sta postassoc live wifi -i wlan1 --capabilities'));
    return '';
  },
};

const open: Scenario = {
  name: 'open',
  run: async (stage) => {
    const station = await connects(stage, [`ssid=${SSID}`]);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const pskCcmp: Scenario = {
  name: 'wpa2-psk-ccmp',
  run: async (stage) => {
    const station = await connects(stage, [...WPA2, `wpa_group_rekey=${REKEY_S}`], PASSPHRASE);
    await stage.says(`${station}.ndjson`, /group message 2/);
    await stage.pingBothWays();
    await checkGone(stage, station);
    await checkAir(stage, 'authorized');
    return milliseconds(stage, station);
  },
};

const pskSha256: Scenario = {
  name: 'wpa2-psk-sha256-pmf',
  run: async (stage) => {
    const station = await connects(stage, [...PSK, 'wpa_key_mgmt=WPA-PSK-SHA256', 'ieee80211w=2'], PASSPHRASE);
    check(/MFP:\s+yes/.test(await stage.stationDump()), 'management frames are not protected');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const pskGcmp256: Scenario = {
  name: 'wpa2-psk-gcmp-256',
  run: async (stage) => {
    const ciphers = ['rsn_pairwise=GCMP-256', 'group_cipher=GCMP-256', 'group_mgmt_cipher=BIP-GMAC-256', 'ieee80211w=1'];
    const network = [`ssid=${SSID}`, 'wpa=2', `wpa_passphrase=${PASSPHRASE}`, 'wpa_key_mgmt=WPA-PSK', ...ciphers];
    const station = await connects(stage, network, PASSPHRASE);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const wrongPassphrase: Scenario = {
  name: 'wrong-passphrase',
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    const station = await stage.startStation({ ssid: SSID, passphrase: 'wrong horse battery' });
    await stage.says(`${station}.status`, /1/);
    const kinds = stage.linesOf(station).map(({ kind }) => kind);
    check(kinds.includes('gaveUp') && !kinds.includes('connected'), `it did not give up: ${kinds.join(' ')}`);
    check(!/AP-STA-CONNECTED/.test(stage.read('ap.log')), 'the access point let the station in');
    check((await stage.stationDump()).trim() === '', 'the kernel still has a station');
    await checkAir(stage, 'failed');
    return `gave up after ${kinds.filter((kind) => kind === 'failed').length} attempts`;
  },
};

const deauthenticated: Scenario = {
  name: 'ap-deauthenticates',
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    const before = stage.countOf(station, 'connected');
    await stage.must(`hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5`);
    await stage.says(`${station}.ndjson`, /deauthenticated us \(reason 5\)/);
    await stage.tells(station, 'connected', before + 1);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return 'came back by itself';
  },
};

const SAE = [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=SAE', 'rsn_pairwise=CCMP', 'ieee80211w=2', `sae_password=${PASSPHRASE}`];

const sae = (name: string, ...more: ReadonlyArray<string>): Scenario => ({
  name,
  run: async (stage) => {
    const station = await connects(stage, [...SAE, ...more], PASSPHRASE);
    check(/MFP:\s+yes/.test(await stage.stationDump()), 'management frames are not protected');
    check(/"akm":"SAE"/.test(stage.read(`${station}.ndjson`)), 'it is not SAE');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
});

const saeWrongPassword: Scenario = {
  name: 'wpa3-sae-wrong-password',
  run: async (stage) => {
    await stage.startAccessPoint(SAE);
    const station = await stage.startStation({ ssid: SSID, passphrase: 'wrong horse battery' });
    await stage.says(`${station}.status`, /1/);
    check(stage.read(`${station}.ndjson`).includes('SAE has shown it'), 'it does not say that the passwords differ');
    check(stage.linesOf(station).at(-1)?.kind === 'gaveUp', 'it did not give up');
    return 'gave up';
  },
};

const transition: Scenario = {
  name: 'wpa3-transition',
  run: async (stage) => {
    const both = [...PSK, 'wpa_key_mgmt=WPA-PSK SAE', 'ieee80211w=1', 'sae_require_mfp=1'];
    const station = await connects(stage, both, PASSPHRASE);
    check(/"akm":"SAE"/.test(stage.read(`${station}.ndjson`)), 'it is not SAE');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const owe: Scenario = {
  name: 'owe',
  run: async (stage) => {
    const station = await connects(stage, [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=OWE', 'rsn_pairwise=CCMP', 'ieee80211w=2']);
    check(/"akm":"OWE"/.test(stage.read(`${station}.ndjson`)), 'it is not OWE');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const vanished: Scenario = {
  name: 'ap-vanishes',
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    const before = stage.countOf(station, 'failed');
    await stage.must('kill -KILL "$(cat /run/hostapd.pid)"; ip link set wlan0 down');
    await stage.tells(station, 'failed', before + 1);
    check(stage.read(`${station}.ndjson`).includes('cannot be reached'), 'it does not tell that nobody is there');
    check((await stage.endStation(station)) === 1, 'the last verdict was no failure');
    return 'told by the beacons that did not come';
  },
};

const removed: Scenario = {
  name: 'interface-removed',
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must('ip netns exec sta iw dev wlan1 del');
    await stage.says(`${station}.status`, /1/);
    await stage.must('ip netns exec sta iw phy phy1 interface add wlan1 type managed');
    check(stage.linesOf(station).at(-1)?.['why'] === 'the interface is gone', 'it does not tell that its interface is gone');
    return 'ended by itself';
  },
};

const tkipGroup: Scenario = {
  name: 'wpa-mixed-tkip-group',
  run: async (stage) => {
    const mixed = [`ssid=${SSID}`, 'wpa=3', 'wpa_key_mgmt=WPA-PSK', 'wpa_pairwise=TKIP', 'rsn_pairwise=CCMP'];
    const station = await connects(stage, [...mixed, `wpa_passphrase=${PASSPHRASE}`], PASSPHRASE);
    check(/"group":"TKIP"/.test(stage.read(`${station}.ndjson`)), 'the group has another cipher');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const pairwiseRekey: Scenario = {
  name: 'pairwise-rekey',
  run: async (stage) => {
    const station = await connects(stage, [...WPA2, `wpa_ptk_rekey=${REKEY_S}`], PASSPHRASE);
    await stage.says(`${station}.ndjson`, /(?:message 3 of 4","octets":\d+,"isProtected":true[\s\S]*){2}message 4 of 4/);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return 'two rekeys';
  },
};

const killed: Scenario = {
  name: 'killed',
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.endStation(station, 'KILL');
    await stage.must(
      'for n in $(seq 50); do [ -z "$(ip netns exec sta iw dev wlan1 station dump)" ] && exit 0; sleep 0.1; done; exit 1',
    );
    const again = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
    await stage.tells(again, 'connected');
    await stage.pingBothWays();
    await checkGone(stage, again);
    return 'the kernel left the network, and a new process connected';
  },
};

const copied = (stage: Stage, file: string): string => stage.write(file, readFileSync(certificate(file), 'utf8'));

/** An access point with an EAP server of its own. */
const enterprise = (stage: Stage): ReadonlyArray<string> => {
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
  run: async (stage) => {
    await stage.startAccessPoint(enterprise(stage));
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
const pwd = oneX('eap-pwd', 'methods: PWD', `identity: ${users.PWD}`, `password: ${PASSWORD}`);

export const scenarios: ReadonlyArray<Scenario> = [
  ...[capabilities, open, pskCcmp, pskSha256, pskGcmp256, wrongPassphrase, deauthenticated, killed],
  ...[
    tkipGroup,
    pairwiseRekey,
    sae('wpa3-sae-hunting', 'sae_pwe=0'),
    sae('wpa3-sae-h2e', 'sae_pwe=1'),
    saeWrongPassword,
    transition,
    owe,
    pwd,
    peap,
    vanished,
    removed,
  ],
];

import { AccessPointPair, type LinesOf, type Whereabouts } from '../AccessPointPair.js';
import type { Scenario } from '../Scenario.js';
import type { Stage, StationRun } from '../Stage.js';
import { check, checkAuthorised, checkGone } from './checks.js';
import { oneXAccessPoint, pwdProfile } from './enterprise.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const KEY = '000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f';
const DOMAIN = ['mobility_domain=a1b2', 'ft_over_ds=0', 'reassociation_deadline=1000'];
const NETWORK = [`ssid=${SSID}`, 'wpa=2', 'rsn_pairwise=CCMP', ...DOMAIN];
const FT_PSK = [...NETWORK, 'wpa_key_mgmt=FT-PSK', `wpa_passphrase=${PASSPHRASE}`, 'ft_psk_generate_local=1'];
const FT_SAE = [...NETWORK, 'wpa_key_mgmt=FT-SAE', 'ieee80211w=2', `sae_password=${PASSPHRASE}`];
/** Both on one channel, the station need not listen elsewhere. */
const HERE = '--freq 2412';

type Place = Whereabouts['here'];

const nameOf = ({ name }: Place): string => `${name}.lab.example`;

const named = (place: Place): ReadonlyArray<string> => [
  ...[`nas_identifier=${nameOf(place)}`, `r1_key_holder=${place.bssid.replaceAll(':', '')}`],
];

/** Who an access point is in its domain, and whom it asks for keys. */
const inDomain =
  (lines: ReadonlyArray<string>): LinesOf =>
  (place, other) => [
    ...[...lines, ...named(place)],
    ...[`r0kh=${other.bssid} ${nameOf(other)} ${KEY}`, `r1kh=${other.bssid} ${other.bssid} ${KEY}`],
  ];

/** Connects at either. */
const connectedAt = async (stage: Stage, pair: AccessPointPair, run: Omit<StationRun, 'ssid'>): Promise<string> => {
  await pair.start();
  const station = await stage.startStation({ ssid: SSID, ...run });
  await stage.tells(station, 'connected');
  await checkAuthorised(stage);
  await pair.pingBothWays(station);
  return station;
};

const lastWay = (stage: Stage, station: string): unknown =>
  stage.linesOf(station).findLast(({ kind }) => kind === 'chosen')?.['way'];

const lastSpan = (stage: Stage, station: string): string => {
  const [chosen = 0, connected = 0] = ['chosen', 'connected'].map(
    (kind) => stage.linesOf(station).findLast((line) => line.kind === kind)?.t,
  );
  return `${((connected - chosen) / 1000).toFixed(0)} ms`;
};

const packetsOf = (stage: Stage, station: string, words: RegExp): number =>
  stage.linesOf(station).filter((line) => line.kind === 'packet' && words.test(String(line['words']))).length;

/** How often to look: who writes its log to a busy machine answers a probe too late at times. */
const LOOKS = 4;

const look = async (stage: Stage, station: string): Promise<void> => {
  const connections = stage.countOf(station, 'connected');
  for (let n = 0; n < LOOKS && stage.countOf(station, 'connected') === connections; n++) {
    const told = stage.countOf(station, 'connected') + stage.countOf(station, 'stayed');
    await stage.must('kill -USR2 "$(cat /run/station.pid)"');
    await stage.says(`${station}.ndjson`, new RegExp(`(?:"kind":"(?:connected|stayed)"[^]*){${told + 1}}`));
  }
};

/** Has the station look for another access point, waits until it is connected there, and pings. */
const roam = async (stage: Stage, pair: AccessPointPair, station: string): Promise<string> => {
  const { there } = pair.whereIs(station);
  await look(stage, station);
  check(pair.whereIs(station).here.bssid === there.bssid, 'it did not roam to the other access point');
  await checkAuthorised(stage);
  await pair.pingBothWays(station);
  return lastSpan(stage, station);
};

interface Domain {
  readonly lines: (stage: Stage) => ReadonlyArray<string>;
  readonly run: Omit<StationRun, 'ssid'>;
  readonly channels?: readonly [number, number];
}

/** To the other access point, back, and there again: one 4-way handshake in all. */
const back = (name: string, { lines, run, channels = [1, 1] }: Domain): Scenario => ({
  name,
  isCore: name === 'roam-ft-sae',
  run: async (stage) => {
    const pair = new AccessPointPair(stage, inDomain(lines(stage)), channels);
    const station = await connectedAt(stage, pair, run);
    const eap = packetsOf(stage, station, /^EAP/);
    const spans: string[] = [];
    for (const _ of [1, 2, 3]) {
      spans.push(await roam(stage, pair, station));
      check(lastWay(stage, station) === 'fastTransition', 'it did not roam by fast transition');
    }
    check(stage.countOf(station, 'fellBack') === 0, 'a transition failed');
    check(packetsOf(stage, station, /^message 4/) === 1, 'there was more than one 4-way handshake');
    check(packetsOf(stage, station, /^EAP/) === eap, 'there was EAP again');
    await checkGone(stage, station);
    await pair.close();
    return `roamed in ${spans.join(', ')}`;
  },
});

const psk = back('roam-ft-psk', {
  lines: () => FT_PSK,
  run: { passphrase: PASSPHRASE },
  channels: [1, 6],
});
const sae = back('roam-ft-sae', {
  lines: () => FT_SAE,
  run: { passphrase: PASSPHRASE, more: HERE },
});
const eap = back('roam-ft-eap', {
  lines: (stage) => [...oneXAccessPoint(stage, { lines: ['wpa_key_mgmt=FT-EAP', 'rsn_pairwise=CCMP'] }), ...DOMAIN],
  run: { profile: pwdProfile, more: HERE },
});

const unknownHolder: Scenario = {
  name: 'roam-ft-unknown-holder',
  isCore: false,
  run: async (stage) => {
    // Neither knows whom to ask for the keys of the other.
    const pair = new AccessPointPair(stage, (place) => [...FT_SAE, ...named(place)]);
    const station = await connectedAt(stage, pair, { passphrase: PASSPHRASE, more: HERE });
    await roam(stage, pair, station);
    const fall = stage.linesOf(station).find(({ kind }) => kind === 'fellBack');
    check(fall?.['way'] === 'fastTransition', 'it did not fall back from a fast transition');
    check(/refused the transition/.test(String(fall?.['why'])), `it says ${String(fall?.['why'])}`);
    check(lastWay(stage, station) === 'full', 'it is not connected by SAE');
    check(stage.countOf(station, 'failed') === 0, 'it took its fall for a failure');
    await checkGone(stage, station);
    await pair.close();
    return String(fall?.['why']);
  },
};

const lost: Scenario = {
  name: 'roam-ft-lost',
  isCore: false,
  run: async (stage) => {
    const pair = new AccessPointPair(stage, inDomain(FT_PSK));
    const station = await connectedAt(stage, pair, { passphrase: PASSPHRASE, more: HERE });
    const { here, there } = pair.whereIs(station);
    await stage.must(`ip link set ${here.name} down`);
    await stage.tells(station, 'connected', 2);
    check(pair.whereIs(station).here.bssid === there.bssid, 'it is not at the other access point');
    check(lastWay(stage, station) === 'fastTransition', 'it did not get there by fast transition');
    await pair.pingBothWays(station);
    await checkGone(stage, station);
    await pair.close();
    return 'by fast transition after the beacons had stopped';
  },
};

const plain: Scenario = {
  name: 'roam-psk',
  isCore: false,
  run: async (stage) => {
    const pair = new AccessPointPair(stage, () => WPA2);
    const station = await connectedAt(stage, pair, { passphrase: PASSPHRASE, more: HERE });
    const spans = [await roam(stage, pair, station), await roam(stage, pair, station)];
    check(packetsOf(stage, station, /^message 4/) === 3, 'there was no handshake with each access point');
    await checkGone(stage, station);
    await pair.close();
    return `roamed in ${spans.join(', ')}`;
  },
};

const opportunistic: Scenario = {
  name: 'roam-okc',
  isCore: false,
  run: async (stage) => {
    const pair = new AccessPointPair(stage, () => [...oneXAccessPoint(stage), 'okc=1']);
    const station = await connectedAt(stage, pair, { profile: pwdProfile, more: `${HERE} --okc` });
    const before = packetsOf(stage, station, /^EAP/);
    const span = await roam(stage, pair, station);
    check(lastWay(stage, station) === 'cached', 'it did not offer its PMK to the other access point');
    check(packetsOf(stage, station, /^EAP/) === before, 'there was EAP again');
    await checkGone(stage, station);
    await pair.close();
    return `roamed without EAP in ${span}`;
  },
};

/** Stations on their way from one access point to another. */
export const roaming: ReadonlyArray<Scenario> = [psk, sae, eap, unknownHolder, lost, plain, opportunistic];

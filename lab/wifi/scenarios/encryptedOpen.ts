import type { Scenario } from '../Scenario.js';
import { AP, type Stage } from '../Stage.js';
import { check, checkAir, checkAuthorised, checkGone, connects, milliseconds } from './checks.js';
import { SSID } from './networks.js';

const OWE = ['wpa=2', 'wpa_key_mgmt=OWE', 'rsn_pairwise=CCMP', 'ieee80211w=2'];
const HIDDEN = `${SSID}-encrypted`;

const checkOwe = (stage: Stage, station: string): void =>
  check(/"kind":"connected"[^\n]*"akm":"OWE"/.test(stage.read(`${station}.ndjson`)), 'it is not OWE');

const owe = (name: string, ...more: ReadonlyArray<string>): Scenario => ({
  name,
  isCore: more.length === 0,
  run: async (stage) => {
    const station = await connects(stage, [`ssid=${SSID}`, ...OWE, ...more]);
    checkOwe(stage, station);
    await checkGone(stage, station);
    await checkAir(stage, 'authorized', 'pmk');
    return milliseconds(stage, station);
  },
});

/** An open network, and the encrypted one that it names; on two interfaces of one radio. */
const BESIDE = [
  ...[`ssid=${SSID}`, 'owe_transition_ifname=wlan0_0', 'bss=wlan0_0', `ssid=${HIDDEN}`],
  ...['ignore_broadcast_ssid=1', 'owe_transition_ifname=wlan0', ...OWE],
];
/** The same, but that nobody answers to the name. */
const ALONE = [`ssid=${SSID}`, 'vendor_elements=dd18506f9a1c0200000000010d6c61622d656e63727970746564'];

const transition: Scenario = {
  name: 'owe-transition',
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint(BESIDE);
    await stage.must(`ip addr flush dev wlan0; ip addr replace ${AP}/24 dev wlan0_0`);
    const station = await stage.startStation({ ssid: SSID });
    await stage.tells(station, 'connected');
    checkOwe(stage, station);
    check(stage.read(`${station}.ndjson`).includes(`"ssid":"${HIDDEN}"`), 'it is not the hidden network');
    await checkAuthorised(stage);
    await stage.must(`ip netns exec sta ping -c 3 -i 0.3 -W 5 ${AP}`);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const downgrade: Scenario = {
  name: 'owe-transition-downgrade',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(ALONE);
    const station = await stage.startStation({ ssid: SSID });
    await stage.tells(station, 'failed', 2);
    check(stage.read(`${station}.ndjson`).includes('it is open, and its network can be encrypted'), 'it does not say why');
    check(stage.countOf(station, 'chosen') === 0, 'it went to the open one');
    check((await stage.endStation(station)) === 1, 'the last verdict was no failure');
    return 'the open one was left alone';
  },
};

/** Networks that are encrypted without a password. */
export const encryptedOpen: ReadonlyArray<Scenario> = [
  owe('owe'),
  owe('owe-group-20', 'owe_groups=20'),
  owe('owe-group-21', 'owe_groups=21'),
  transition,
  downgrade,
];

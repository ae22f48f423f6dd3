import type { Scenario } from '../Scenario.js';
import { check, checkAir, checkAuthorised, checkGone, connects, milliseconds } from './checks.js';
import { PASSPHRASE, PSK, SAE, SSID } from './networks.js';

const sae = (name: string, ...more: ReadonlyArray<string>): Scenario => ({
  name,
  isCore: more.length === 1,
  run: async (stage) => {
    const station = await connects(stage, [...SAE, ...more], PASSPHRASE);
    check(/MFP:\s+yes/.test(await stage.stationDump()), 'management frames are not protected');
    check(/"akm":"SAE"/.test(stage.read(`${station}.ndjson`)), 'it is not SAE');
    await checkGone(stage, station);
    await checkAir(stage, 'authorized', 'pmk');
    return milliseconds(stage, station);
  },
});

const saeWrongPassword: Scenario = {
  name: 'wpa3-sae-wrong-password',
  isCore: true,
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
  isCore: true,
  run: async (stage) => {
    const both = [...PSK, 'wpa_key_mgmt=WPA-PSK SAE', 'ieee80211w=1', 'sae_require_mfp=1'];
    const station = await connects(stage, both, PASSPHRASE);
    check(/"akm":"SAE"/.test(stage.read(`${station}.ndjson`)), 'it is not SAE');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const identified = 'security: wpa3-personal';
const profileOf = (identifier: string): string =>
  ['name: Lab', `ssid: ${SSID}`, identified, `passphrase: ${PASSPHRASE}`, `passwordIdentifier: ${identifier}`, ''].join('\n');
/** Several passwords, and each has a name. */
const NAMED = [
  ...SAE.filter((line) => !line.startsWith('sae_password=')),
  ...['sae_pwe=1', 'sae_password=another horse|id=guests', `sae_password=${PASSPHRASE}|id=staff`],
];

const saeIdentifier: Scenario = {
  name: 'wpa3-sae-identifier',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(NAMED);
    const station = await stage.startStation({ ssid: SSID, profile: profileOf('staff') });
    await stage.tells(station, 'connected');
    await checkAuthorised(stage);
    await stage.pingBothWays();
    await checkGone(stage, station);
    await checkAir(stage, 'authorized', 'pmk');
    return milliseconds(stage, station);
  },
};

const saeUnknownIdentifier: Scenario = {
  name: 'wpa3-sae-unknown-identifier',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(NAMED);
    const station = await stage.startStation({ ssid: SSID, profile: profileOf('nobody') });
    await stage.says(`${station}.ndjson`, /knows no password of that identifier/);
    check((await stage.endStation(station)) === 1, 'the last verdict was no failure');
    return 'told by the access point';
  },
};

/** WPA3 by a password. */
export const wpa3: ReadonlyArray<Scenario> = [
  sae('wpa3-sae-hunting', 'sae_pwe=0'),
  sae('wpa3-sae-h2e', 'sae_pwe=1'),
  sae('wpa3-sae-hunting-group-20', 'sae_pwe=0', 'sae_groups=20'),
  sae('wpa3-sae-h2e-group-20', 'sae_pwe=1', 'sae_groups=20'),
  sae('wpa3-sae-h2e-group-21', 'sae_pwe=1', 'sae_groups=21'),
  sae('wpa3-sae-hunting-token', 'sae_pwe=0', 'sae_anti_clogging_threshold=0'),
  sae('wpa3-sae-h2e-token', 'sae_pwe=1', 'sae_anti_clogging_threshold=0'),
  saeIdentifier,
  saeUnknownIdentifier,
  saeWrongPassword,
  transition,
];

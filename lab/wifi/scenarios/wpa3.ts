import type { Scenario } from '../Scenario.js';
import { check, checkGone, connects, milliseconds } from './checks.js';
import { PASSPHRASE, PSK, SAE, SSID } from './networks.js';

const sae = (name: string, ...more: ReadonlyArray<string>): Scenario => ({
  name,
  isCore: true,
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

const owe: Scenario = {
  name: 'owe',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=OWE', 'rsn_pairwise=CCMP', 'ieee80211w=2']);
    check(/"akm":"OWE"/.test(stage.read(`${station}.ndjson`)), 'it is not OWE');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

/** WPA3, and networks that are encrypted without a password. */
export const wpa3: ReadonlyArray<Scenario> = [
  sae('wpa3-sae-hunting', 'sae_pwe=0'),
  sae('wpa3-sae-h2e', 'sae_pwe=1'),
  saeWrongPassword,
  transition,
  owe,
];

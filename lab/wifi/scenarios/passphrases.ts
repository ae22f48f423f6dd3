import type { Scenario } from '../Scenario.js';
import { check, checkAir, checkGone, connects, milliseconds } from './checks.js';
import { PASSPHRASE, PSK, SSID, WPA2 } from './networks.js';

const REKEY_S = 4;

const capabilities: Scenario = {
  name: 'capabilities',
  isCore: true,
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
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, [`ssid=${SSID}`]);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const pskCcmp: Scenario = {
  name: 'wpa2-psk-ccmp',
  isCore: true,
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
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, [...PSK, 'wpa_key_mgmt=WPA-PSK-SHA256', 'ieee80211w=2'], PASSPHRASE);
    check(/MFP:\s+yes/.test(await stage.stationDump()), 'management frames are not protected');
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const pskGcmp256: Scenario = {
  name: 'wpa2-psk-gcmp-256',
  isCore: true,
  run: async (stage) => {
    const ciphers = ['rsn_pairwise=GCMP-256', 'group_cipher=GCMP-256', 'group_mgmt_cipher=BIP-GMAC-256', 'ieee80211w=1'];
    const network = [`ssid=${SSID}`, 'wpa=2', `wpa_passphrase=${PASSPHRASE}`, 'wpa_key_mgmt=WPA-PSK', ...ciphers];
    const station = await connects(stage, network, PASSPHRASE);
    await checkGone(stage, station);
    return milliseconds(stage, station);
  },
};

const tkipGroup: Scenario = {
  name: 'wpa-mixed-tkip-group',
  isCore: true,
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
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, [...WPA2, `wpa_ptk_rekey=${REKEY_S}`], PASSPHRASE);
    await stage.says(`${station}.ndjson`, /(?:message 3 of 4","octets":\d+,"isProtected":true[\s\S]*){2}message 4 of 4/);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return 'two rekeys';
  },
};

/** Open networks, and those with a passphrase. */
export const passphrases: ReadonlyArray<Scenario> = [
  capabilities,
  open,
  pskCcmp,
  pskSha256,
  pskGcmp256,
  tkipGroup,
  pairwiseRekey,
];

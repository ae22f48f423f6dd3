import type { Scenario } from '../Scenario.js';
import { STATION_MAC, type Stage } from '../Stage.js';
import { check, checkAir, checkAuthorised, checkGone, milliseconds } from './checks.js';
import { PASSPHRASE, SSID } from './networks.js';

const REKEY_S = 4;
const WPA1 = [`ssid=${SSID}`, 'wpa=1', 'wpa_key_mgmt=WPA-PSK', 'wpa_pairwise=TKIP', `wpa_passphrase=${PASSPHRASE}`];

const joined = async (stage: Stage, accessPoint: ReadonlyArray<string>): Promise<string> => {
  await stage.startAccessPoint(accessPoint);
  const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE, more: '--insecure-wpa1' });
  await stage.tells(station, 'connected');
  await checkAuthorised(stage);
  await stage.pingBothWays();
  return station;
};

const refused: Scenario = {
  name: 'wpa1-without-consent',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(WPA1);
    const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE, more: '--once' });
    await stage.says(`${station}.status`, /1/);
    check(/first kind only, which can be broken/.test(stage.read(`${station}.ndjson`)), 'it does not say why');
    return 'left alone';
  },
};

/** Its group key comes by a handshake of its own, and so do the later ones. */
const wpa1: Scenario = {
  name: 'wpa1-tkip',
  isCore: false,
  run: async (stage) => {
    const station = await joined(stage, [...WPA1, `wpa_group_rekey=${REKEY_S}`]);
    await stage.says(`${station}.ndjson`, /(?:group message 2[\s\S]*){3}/);
    await stage.pingBothWays();
    await checkGone(stage, station);
    await checkAir(stage, 'authorized');
    return milliseconds(stage, station);
  },
};

const tkipPairwise: Scenario = {
  name: 'wpa2-tkip',
  isCore: false,
  run: async (stage) => {
    const network = [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=WPA-PSK', 'rsn_pairwise=TKIP', `wpa_passphrase=${PASSPHRASE}`];
    const station = await joined(stage, network);
    check(/"kind":"connected"[^\n]*"pairwise":"TKIP"/.test(stage.read(`${station}.ndjson`)), 'it has another cipher');
    await checkGone(stage, station);
    await checkAir(stage, 'authorized');
    return milliseconds(stage, station);
  },
};

/** The kernel of the access point sends a frame whose Michael MIC is wrong; twice within a minute is an attack (IEEE 802.11-2020 12.5.2.4). */
const michael: Scenario = {
  name: 'tkip-michael',
  isCore: false,
  run: async (stage) => {
    const station = await joined(stage, WPA1);
    const forged = '/sys/kernel/debug/ieee80211/phy0/netdev:wlan0/tkip_mic_test';
    await stage.must('mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug');
    await stage.must(`echo ${STATION_MAC} >${forged}`);
    await stage.says(`${station}.ndjson`, /EAPOL-Key request/);
    await stage.says('ap.log', /MLME-MICHAELMICFAILURE|Michael MIC failure detected/);
    await stage.pingBothWays();
    const before = stage.countOf(station, 'failed');
    await stage.must(`echo ${STATION_MAC} >${forged}`);
    await stage.says('ap.log', /TKIP countermeasures initiated/);
    await stage.tells(station, 'failed', before + 1);
    check(stage.read(`${station}.ndjson`).includes('reason 14'), 'it does not tell the reason');
    await stage.says('ap.log', /TKIP countermeasures ended/, 400_000);
    await stage.tells(station, 'connected', 2, 400_000);
    await checkGone(stage, station);
    return 'reported twice, shut out for a minute, and back by itself';
  },
};

/** What can be broken, and takes a consent. */
export const legacy: ReadonlyArray<Scenario> = [refused, wpa1, tkipPairwise, michael];

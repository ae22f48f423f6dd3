import type { Scenario } from '../Scenario.js';
import { STATION, type Stage } from '../Stage.js';
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

/** A bit of the next frame that the access point sends to the station is turned over on its way, so that only Michael can tell. */
const breakNextFrame = async (stage: Stage): Promise<void> => {
  const after = [{ replay: 'sealed', isBitFlipped: true }] as const;
  await stage.commandMedium({ rules: [{ frame: 'sealed', by: 'ap', nth: 1, fate: 'lost', after }] });
  await stage.run(`ping -c 2 -i 0.3 -W 5 ${STATION}`);
};

const requests = (stage: Stage, station: string): number => stage.read(`${station}.ndjson`).split('EAPOL-Key request').length - 1;

/** Two failures of Michael within a minute are an attack (IEEE 802.11-2020 12.5.2.4): the access point shuts everybody out for another. */
const michael: Scenario = {
  name: 'tkip-michael',
  isCore: false,
  run: async (stage) => {
    await stage.startMedium();
    const station = await joined(stage, WPA1);
    await breakNextFrame(stage);
    await stage.says(`${station}.ndjson`, /EAPOL-Key request/);
    await stage.says('ap.log', /Michael MIC failure/);
    check(requests(stage, station) === 1, 'it was reported more than once');
    const before = stage.countOf(station, 'failed');
    await breakNextFrame(stage);
    await stage.says('ap.log', /TKIP countermeasures initiated/, 200_000);
    await stage.tells(station, 'failed', before + 1);
    check(stage.read(`${station}.ndjson`).includes('(reason 14)'), 'it does not tell the reason');
    await stage.says('ap.log', /TKIP countermeasures ended/);
    await stage.tells(station, 'connected', 2);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return 'reported each time, shut out for a minute after the second, and back by itself';
  },
};

/** What can be broken, and takes a consent. */
export const legacy: ReadonlyArray<Scenario> = [refused, wpa1, tkipPairwise, michael];

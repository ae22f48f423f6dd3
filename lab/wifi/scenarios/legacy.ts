import type { MediumCommand } from '../air/Medium.js';
import type { Rule } from '../air/Rule.js';
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

/**
 * Twice a bit of the next frame that the access point sends to the station is turned over on its way, so that only Michael can tell: the
 * second time after the first was reported and the keys are new. All in one script, lest a minute of the guest pass in between.
 */
const breakTwoFrames = (stage: Stage, station: string): Promise<string> => {
  const after = [{ replay: 'sealed', isBitFlipped: true }] as const;
  const rules: ReadonlyArray<Rule> = [{ frame: 'sealed', by: 'ap', isToAll: false, nth: 1, fate: 'lost', after }];
  const file = stage.write('command.json', `${JSON.stringify({ rules } satisfies MediumCommand)}\n`);
  return stage.must(`cd ${stage.inGuest}
within() { for n in $(seq 300); do "$@" && return; sleep 0.1; done; exit 1; }
told() { [ "$(grep -c "$1" "$2")" -ge "$3" ]; }
break_next() {
  cat ${file} >/run/medium
  within told obeyed medium.ndjson "$1"
  ping -c 2 -i 0.3 -W 5 ${STATION} >/dev/null
  within told 'EAPOL-Key request' ${station}.ndjson "$1"
}
break_next 1
within told 'group message 2' ${station}.ndjson 2
grep -c 'EAPOL-Key request' ${station}.ndjson
break_next 2`);
};

/** Two failures of Michael within a minute are an attack (IEEE 802.11-2020 12.5.2.4): the access point shuts everybody out for another. */
const michael: Scenario = {
  name: 'tkip-michael',
  isCore: false,
  run: async (stage) => {
    await stage.startMedium();
    const station = await joined(stage, WPA1);
    const before = stage.countOf(station, 'failed');
    const reports = await breakTwoFrames(stage, station);
    check(reports.trim() === '1', `it was reported ${reports.trim()} times`);
    await stage.says('ap.log', /Michael MIC failure[\s\S]*TKIP countermeasures initiated/);
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

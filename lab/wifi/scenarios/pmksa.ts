import type { Scenario } from '../Scenario.js';
import { STATION_MAC, type Stage } from '../Stage.js';
import { check, checkAuthorised, checkGone } from './checks.js';
import { oneXAccessPoint, pwdProfile } from './enterprise.js';
import { PASSPHRASE, SAE, SSID } from './networks.js';

const OWE = [`ssid=${SSID}`, 'wpa=2', 'wpa_key_mgmt=OWE', 'rsn_pairwise=CCMP', 'ieee80211w=2'];
/** There is nobody on other channels, and to listen there takes its time. */
const HERE = '--freq 2412';

/** Waits until the station is connected once more, whatever is done to bring that about. */
const again = async (stage: Stage, station: string, script: string): Promise<void> => {
  const before = stage.countOf(station, 'connected');
  await stage.must(script);
  await stage.tells(station, 'connected', before + 1);
  await checkAuthorised(stage);
  await stage.pingBothWays();
};

const SENT_AWAY = `hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5`;
/** The access point comes up anew, and knows nobody. */
const restarted = (stage: Stage): string => `kill "$(cat /run/hostapd.pid)"
while kill -0 "$(cat /run/hostapd.pid)" 2>/dev/null; do sleep 0.1; done
setsid hostapd -d -t -f ${stage.inGuest}/again.log ${stage.write('ap.conf', stage.read('ap.conf'))} >/dev/null 2>&1 &
echo $! >/run/hostapd.pid
ip addr replace 10.0.0.1/24 dev wlan0`;

const lastWay = (stage: Stage, station: string): unknown =>
  stage.linesOf(station).findLast(({ kind }) => kind === 'chosen')?.['way'];

const countIn = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

const sae: Scenario = {
  name: 'pmksa-sae',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(SAE);
    const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE, more: HERE });
    await stage.tells(station, 'connected');
    await stage.pingBothWays();
    await again(stage, station, SENT_AWAY);
    check(lastWay(stage, station) === 'cached', 'it did not offer its PMK');
    check(countIn(stage.read('ap.log'), /start SAE authentication|SAE commit/g) <= 2, 'there was SAE again');
    check(stage.countOf(station, 'fellBack') === 0, 'the access point did not take the PMK');
    await again(stage, station, restarted(stage));
    check(stage.countOf(station, 'fellBack') === 1, 'it did not fall back to SAE');
    check(/INVALID_PMKID|status 53/.test(stage.read(`${station}.ndjson`)), 'it does not say why');
    check(lastWay(stage, station) === 'full', 'it is not connected by SAE');
    await checkGone(stage, station);
    return 'without SAE, and with SAE where the access point had forgotten';
  },
};

const owe: Scenario = {
  name: 'pmksa-owe',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(OWE);
    const station = await stage.startStation({ ssid: SSID, more: HERE });
    await stage.tells(station, 'connected');
    await again(stage, station, SENT_AWAY);
    check(lastWay(stage, station) === 'cached', 'it did not offer its PMK');
    check(/OWE: Using PMKSA caching/.test(stage.read('ap.log')), 'the access point did not take the PMK');
    await again(stage, station, restarted(stage));
    check(stage.countOf(station, 'fellBack') === 0, 'an exchange in the association makes no fall');
    await checkGone(stage, station);
    return 'without an exchange, and with one where the access point had forgotten';
  },
};

const eapPackets = (stage: Stage, station: string): number =>
  stage.linesOf(station).filter(({ kind, words }) => kind === 'packet' && String(words).startsWith('EAP-')).length;

const eap: Scenario = {
  name: 'pmksa-eap',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(oneXAccessPoint(stage));
    const station = await stage.startStation({ ssid: SSID, profile: pwdProfile, more: HERE });
    await stage.tells(station, 'connected');
    await stage.pingBothWays();
    const before = eapPackets(stage, station);
    check(before > 0, 'there was no EAP');
    await again(stage, station, SENT_AWAY);
    check(lastWay(stage, station) === 'cached', 'it did not offer its PMK');
    check(eapPackets(stage, station) === before, 'there was EAP again');
    await again(stage, station, `hostapd_cli -i wlan0 pmksa_flush; ${SENT_AWAY}`);
    check(eapPackets(stage, station) > before, 'there was no EAP where the access point had forgotten the PMK');
    check(stage.countOf(station, 'fellBack') === 0, 'it took another association to authenticate anew');
    await checkGone(stage, station);
    return 'without EAP, and with EAP in the same association where the access point had forgotten';
  },
};

/** Stations that come back with a key of before. */
export const pmksa: ReadonlyArray<Scenario> = [sae, owe, eap];

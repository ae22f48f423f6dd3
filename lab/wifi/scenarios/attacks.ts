import type { Forgery } from '../air/Forgery.js';
import type { Rule } from '../air/Rule.js';
import type { Scenario } from '../Scenario.js';
import { AP, AP_MAC, STATION_MAC, type Stage } from '../Stage.js';
import { check, checkGone } from './checks.js';
import { oneXAccessPoint, pwdProfile } from './enterprise.js';
import { PSK, SSID } from './networks.js';
import { AS_AP, checkConnected, checkUntroubled, overMedium } from './overMedium.js';

/** Where things stand in an EAPOL-Key packet (IEEE 802.11-2020 Figure 12-32). */
const AT = { length: 2, counter: 9, nonce: 17, mic: 81, keyDataLength: 97 } as const;
const NONCE = { at: AT.nonce, octets: 32 } as const;
const HIGH_COUNTER = { at: AT.counter, octets: '0000000000000100' } as const;
const PMF = [...PSK, 'wpa_key_mgmt=WPA-PSK-SHA256', 'ieee80211w=2'];

interface Attack {
  readonly name: string;
  readonly isCore?: boolean;
  readonly accessPoint?: ReadonlyArray<string>;
}

/** Something done to frames in mid-handshake, after which the station is connected at its first attempt. */
const during = (attack: Attack, fate: 'forged' | 'twice', rules: ReadonlyArray<Rule>): Scenario => ({
  name: attack.name,
  isCore: attack.isCore ?? false,
  run: async (stage) => {
    const station = await overMedium(stage, rules, attack.accessPoint);
    await checkUntroubled(stage, station);
    return fateWords(stage, fate);
  },
});

const duringHandshake = (attack: Attack, ...rules: ReadonlyArray<Rule>): Scenario => during(attack, 'forged', rules);

/** Something forged on a connection, which stays as it is. */
const onConnection = (attack: Attack, ...forge: ReadonlyArray<Forgery>): Scenario => ({
  name: attack.name,
  isCore: attack.isCore ?? false,
  run: async (stage) => {
    const station = await overMedium(stage, [], attack.accessPoint);
    await checkConnected(stage, station);
    await stage.commandMedium({ forge });
    await stage.must('sleep 2');
    check(stage.countOf(station, 'connected') === 1, 'it was connected anew');
    await checkUntroubled(stage, station);
    return forgedWords(stage);
  },
});

const fateWords = (stage: Stage, wanted: 'forged' | 'twice'): string => {
  const count = stage.frames().filter(({ fate }) => fate === wanted).length;
  check(count > 0, `no frame was ${wanted}`);
  return `${count} ${wanted}`;
};

const forgedWords = (stage: Stage): string => fateWords(stage, 'forged');

const spoofed = (farewell: 'deauthentication' | 'disassociation'): Scenario => ({
  name: `spoofed-${farewell}`,
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    await stage.commandMedium({ forge: [{ farewell, reason: 7, ...AS_AP }] });
    await stage.says(`${station}.ndjson`, /us \(reason 7\)/);
    await checkConnected(stage, station, 2);
    await checkGone(stage, station);
    return 'came back by itself';
  },
});

const spoofedProtected = (farewell: 'deauthentication' | 'disassociation'): Scenario => ({
  name: `spoofed-${farewell}-pmf`,
  isCore: farewell === 'deauthentication',
  run: async (stage) => {
    const station = await overMedium(stage, [], PMF);
    await checkConnected(stage, station);
    // 6 and 7 are what an access point says to whom it does not know, and are asked about (IEEE 802.11-2020 11.13).
    await stage.commandMedium({ forge: [{ farewell, reason: 7, times: 3, ...AS_AP }] });
    await stage.must('sleep 3');
    const queries = stage.frames().filter(({ kind, by }) => kind === 'sealedManagement' && by === 'station');
    check(queries.length > 0, 'no SA Query was sent');
    await checkUntroubled(stage, station);
    return `stayed, and asked ${queries.length} times by SA Query`;
  },
});

/** Its farewells are genuine and in the clear: it has no key any more that it could protect them with. */
const restarted: Scenario = {
  name: 'ap-restarts-pmf',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, [], PMF);
    await checkConnected(stage, station);
    const configuration = stage.write('ap.conf', stage.read('ap.conf'));
    await stage.must(`kill -KILL "$(cat /run/hostapd.pid)"
setsid hostapd -d -t -f ${stage.inGuest}/ap.conf.log ${configuration} >/dev/null 2>&1 &
echo $! >/run/hostapd.pid`);
    await stage.says('ap.conf.log', /AP-ENABLED/);
    await stage.run(`ip addr replace ${AP}/24 dev wlan0; ip netns exec sta ping -c 3 -i 0.3 -W 1 ${AP}`);
    await stage.says(`${station}.ndjson`, /SA_QUERY/);
    await checkConnected(stage, station, 2);
    check((await stage.endStation(station)) === 0, 'the station did not end with status 0');
    return 'SA Query was not answered, so it came back';
  },
};

/** The access point does again what it has done, by its own means. */
const again = (name: string, commands: ReadonlyArray<string>, isStillUsable: boolean): Scenario => ({
  name,
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    for (const command of commands) await stage.must(`hostapd_cli -i wlan0 raw ${command.replace('STA', STATION_MAC)}; sleep 1`);
    if (isStillUsable) {
      await checkUntroubled(stage, station);
      return 'answered, and connected all the while';
    }
    // Its own numbers begin anew under the same key, so that the station drops what it sends.
    await stage.run('ip netns exec sta ping -c 2 -i 0.3 -W 1 10.0.0.1');
    await stage.endStation(station);
    return 'the access point has installed its key again, and the station has not';
  },
});

const broadcastReplayed: Scenario = {
  name: 'broadcast-replayed',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    const heard = (): Promise<string> => stage.must('grep -c 10.0.0.255 /run/heard || true');
    await stage.must(`ip netns exec sta tcpdump -i wlan1 -n --immediate-mode -l -Q in icmp >/run/heard 2>/dev/null &
echo $! >/run/heard.pid; sleep 1
ping -b -c 1 -W 1 -I wlan0 10.0.0.255 || true`);
    check((await heard()).trim() === '1', `the station heard ${await heard()} broadcasts instead of one`);
    const replay: Forgery = { replay: 'sealed', by: 'ap', isToAll: true, times: 5 };
    await stage.commandMedium({ forge: [replay] });
    await stage.must(`hostapd_cli -i wlan0 raw RESEND_M3 ${STATION_MAC}; sleep 1`);
    await stage.commandMedium({ forge: [replay] });
    await stage.must(`hostapd_cli -i wlan0 raw RESEND_GROUP_M1 ${STATION_MAC}; sleep 1`);
    await stage.commandMedium({ forge: [replay] });
    await stage.must('sleep 1');
    const count = (await heard()).trim();
    await stage.run('kill $(cat /run/heard.pid)');
    check(count === '1', `the station heard ${count} broadcasts instead of one`);
    await checkUntroubled(stage, station);
    return `${forgedWords(stage)}, none of them heard again`;
  },
};

const eapForged = (name: string, ...forge: ReadonlyArray<Forgery>): Scenario => ({
  name,
  isCore: false,
  run: async (stage) => {
    await stage.startMedium([]);
    await stage.startAccessPoint(oneXAccessPoint(stage));
    const station = await stage.startStation({ ssid: SSID, profile: pwdProfile });
    await checkConnected(stage, station);
    await stage.commandMedium({ forge });
    await stage.must('sleep 8');
    check(stage.countOf(station, 'connected') === 1, 'it was connected anew');
    await checkUntroubled(stage, station);
    return forgedWords(stage);
  },
});

const STRANGER = { from: '02:00:00:00:66:00', to: STATION_MAC, bssid: AP_MAC } as const;
/** A message 1 and a message 3 of nobody. */
const KEY_1 = `0203005f02008a0010${'00'.repeat(7)}09${'5a'.repeat(32)}${'00'.repeat(48)}0000`;
const KEY_3 = `0203005f0213ca0010${'00'.repeat(7)}0a${'5a'.repeat(32)}${'00'.repeat(16)}${'00'.repeat(16)}${'a5'.repeat(16)}0000`;
const EAP_FAILURE = '0100000404010004';
const EAP_IDENTITY = '010000050133000501';

const malformed: ReadonlyArray<Forgery> = [
  '',
  '02',
  '0203',
  '0203005f',
  '0203ffff02008a',
  '0203005f02008a0010',
  '02030000',
  `0203005f02008a0010${'ff'.repeat(200)}`,
  KEY_1.slice(0, 60),
  `${KEY_1.slice(0, -4)}ffff`,
  `${KEY_3.slice(0, -4)}ffff`,
  KEY_3.replace('0213ca', '02ffff'),
  KEY_1.replace('02008a', 'fe008a'),
  KEY_1.replace('02008a', '01008a'),
  '0100ffff0101ffff01',
  '01000004',
  '0100000401',
  '0100000403010000',
  'ffffffffffffffff',
  `0203${'ff'.repeat(1500)}`,
].map((eapol) => ({ eapol, ...AS_AP }));

const strangers: ReadonlyArray<Forgery> = [KEY_1, KEY_3, EAP_FAILURE, EAP_IDENTITY].map((eapol) => ({ eapol, ...STRANGER }));
const inTheClear: ReadonlyArray<Forgery> = [KEY_1, KEY_3, EAP_FAILURE, EAP_IDENTITY, '02010000', '02020000'].map((eapol) => ({
  ...{ eapol, ...AS_AP, times: 5 },
}));

const FLOOD = 300;
/** Each is answered, and under emulation that takes its time; the access point must not lose its patience. */
const FLOOD_IN_HANDSHAKE = 60;

/** Frames that somebody forges, replays or floods with. */
export const attacks: ReadonlyArray<Scenario> = [
  ...[spoofed('deauthentication'), spoofed('disassociation')],
  ...[spoofedProtected('deauthentication'), spoofedProtected('disassociation'), restarted],
  onConnection({ name: 'message-3-replayed' }, { replay: 'message3', times: 3 }),
  onConnection({ name: 'message-1-flood-on-connection' }, { replay: 'message1', times: FLOOD, changes: [NONCE] }),
  onConnection({ name: 'malformed-eapol-on-connection' }, ...malformed),
  onConnection({ name: 'eapol-in-the-clear-on-connection' }, ...inTheClear),
  onConnection(
    { name: 'sealed-frames-replayed' },
    { replay: 'sealed', by: 'ap', times: 5 },
    { replay: 'sealed', by: 'ap', isFirst: true, times: 5 },
  ),
  duringHandshake(
    { name: 'message-1-flood-in-handshake' },
    { frame: 'message1', nth: 1, after: [{ replay: 'message1', times: FLOOD_IN_HANDSHAKE, changes: [NONCE] }] },
  ),
  duringHandshake(
    { name: 'message-1-flood-with-high-counters' },
    { frame: 'message1', nth: 1, after: [{ replay: 'message1', times: 50, changes: [NONCE, HIGH_COUNTER] }] },
  ),
  duringHandshake(
    { name: 'message-3-with-wrong-mic' },
    { frame: 'message3', nth: 1, before: [{ replay: 'message3', times: 5, changes: [{ at: AT.mic, octets: 16 }] }] },
  ),
  duringHandshake(
    { name: 'message-1-after-message-3' },
    { frame: 'message3', nth: 1, after: [{ replay: 'message1', times: 2, changes: [NONCE] }] },
  ),
  duringHandshake(
    { name: 'message-1-with-high-counter-after-message-3' },
    { frame: 'message3', nth: 1, after: [{ replay: 'message1', times: 2, changes: [NONCE, HIGH_COUNTER] }] },
  ),
  duringHandshake({ name: 'eapol-of-a-stranger' }, { frame: 'message1', nth: 1, before: strangers, after: strangers }),
  duringHandshake(
    { name: 'malformed-eapol-in-handshake' },
    { frame: 'message1', nth: 1, before: malformed, after: malformed },
    { frame: 'message3', nth: 1, before: malformed },
  ),
  during({ name: 'everything-twice' }, 'twice', [{ frame: 'any', fate: 'twice' }]),
  again('message-3-resent-encrypted', ['RESEND_M3 STA'], true),
  again('group-message-1-resent', ['RESEND_GROUP_M1 STA', 'RESEND_GROUP_M1 STA'], true),
  again('message-3-resent-in-the-clear', ['RESEND_M3 STA plaintext'], false),
  broadcastReplayed,
  eapForged('eap-failure-forged', { eapol: EAP_FAILURE, ...AS_AP, times: 3 }),
  eapForged('eap-request-and-failure-forged', { eapol: EAP_IDENTITY, ...AS_AP }, { eapol: EAP_FAILURE, ...AS_AP, times: 3 }),
];

import type { Rule } from '../air/Rule.js';
import type { Scenario } from '../Scenario.js';
import { STATION_MAC } from '../Stage.js';
import { check, checkGone } from './checks.js';
import { oneXAccessPoint, pwdProfile } from './enterprise.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';
import { checkAirSays, checkConnected, checkFailing, checkUntroubled, overMedium } from './overMedium.js';

type Message = 1 | 2 | 3 | 4;

const lostOnce = (message: Message): Scenario => ({
  name: `message-${message}-lost-once`,
  isCore: message === 4,
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame: `message${message}`, nth: 1, fate: 'lost' }]);
    await checkUntroubled(stage, station);
    const sent = stage.frames().filter(({ kind }) => kind === `message${message}`);
    check(sent.length === 2, `message ${message} was sent ${sent.length} times`);
    return `it was sent again ${((sent[1]?.t ?? 0) - (sent[0]?.t ?? 0)).toFixed(1)} s later`;
  },
});

/** What the station tells of a message that is always lost, and what the air does. */
const LACKING: Readonly<Record<1 | 2 | 3, readonly [string, string]>> = {
  1: ['its message 1 never came', 'failed fourWay messageLost unknown'],
  2: ['it heard nothing of us', 'failed fourWay messageLost right'],
  3: ['its message 3 never came', 'failed fourWay messageLost right'],
};

const lostAlways = (message: 1 | 2 | 3): Scenario => ({
  name: `message-${message}-lost-always`,
  isCore: false,
  run: async (stage) => {
    const [words, story] = LACKING[message];
    const station = await overMedium(stage, [{ frame: `message${message}`, fate: 'lost' }]);
    await checkFailing(stage, station, words);
    return checkAirSays(stage, story);
  },
});

const message4LostAlways: Scenario = {
  name: 'message-4-lost-always',
  isCore: false,
  airDiffers: 'whoever has sent message 4 cannot know that it was lost',
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame: 'message4', fate: 'lost' }]);
    await checkFailing(stage, station, 'deauthenticated us (reason 15)');
    return checkAirSays(stage, 'failed fourWay messageLost right');
  },
};

const DEAUTHENTICATE = `hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5`;

/** The first answers to a message, which keeps the access point where it is until it has thrown the station out. */
const unanswered = (frame: Rule['frame'], by: 'ap' | 'station'): ReadonlyArray<Rule> =>
  [1, 2, 3].map((nth) => ({ frame, by, nth, fate: 'lost' }));

const thrownOut = (name: string, story: string, ...rules: ReadonlyArray<Rule>): Scenario => ({
  name,
  isCore: false,
  ...(name.endsWith('3') && { airDiffers: 'a station that has sent message 4 takes itself for connected' }),
  run: async (stage) => {
    const isOneX = name.endsWith('eap');
    await stage.startMedium(rules);
    await stage.startAccessPoint(isOneX ? oneXAccessPoint(stage) : WPA2);
    const station = await stage.startStation({ ssid: SSID, ...(isOneX ? { profile: pwdProfile } : { passphrase: PASSPHRASE }) });
    await stage.tells(station, 'failed');
    await stage.tells(station, 'connected', stage.countOf(station, 'connected') + 1);
    await checkConnected(stage, station);
    const whys = stage.linesOf(station).flatMap(({ kind, ['why']: why }) => (kind === 'failed' ? [String(why)] : []));
    check(whys.length === 1 && whys[0]?.includes('deauthenticated us (reason 5)') === true, `it tells ${whys.join('; ')}`);
    await checkGone(stage, station);
    return checkAirSays(stage, story);
  },
});

const afterMessage = (message: 1 | 2 | 3, lost: Rule['frame'], by: 'ap' | 'station'): Scenario =>
  thrownOut(
    `ap-deauthenticates-after-message-${message}`,
    // Whoever listens hears message 4 as well.
    message === 3 ? 'authorized none deauthenticated' : 'interrupted fourWay deauthenticated',
    { frame: `message${message}`, nth: 1, run: DEAUTHENTICATE },
    ...unanswered(lost, by),
  );

const duringEap = thrownOut(
  'ap-deauthenticates-during-eap',
  'interrupted eap deauthenticated unknown',
  { frame: 'eap', by: 'ap', nth: 3, run: DEAUTHENTICATE },
  { frame: 'eap', by: 'station', nth: 3, fate: 'lost' },
);

const leaves: Scenario = {
  name: 'leaves-in-mid-handshake',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame: 'message3', fate: 'lost' }]);
    await stage.says(`${station}.ndjson`, /message 2 of 4/);
    check((await stage.endStation(station)) === 1, 'it did not end with status 1');
    check((await stage.stationDump()).trim() === '', 'the kernel still has a station');
    await stage.says('medium.ndjson', /"kind":"deauthentication","by":"station"/);
    return checkAirSays(stage, 'interrupted fourWay stationLeft right');
  },
};

const answerLost = (frame: 'authentication' | 'associationResponse'): Scenario => ({
  name: `${frame === 'authentication' ? 'authentication' : 'association-response'}-lost-once`,
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame, by: 'ap', nth: 1, fate: 'lost' }]);
    await checkUntroubled(stage, station);
    return '';
  },
});

const answerLostAlways = (frame: 'authentication' | 'associationResponse', story: string): Scenario => ({
  name: `${frame === 'authentication' ? 'authentication' : 'association-response'}-lost-always`,
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame, by: 'ap', fate: 'lost' }]);
    await checkFailing(stage, station, 'cannot be reached');
    // Until the capture has heard for so long that the station is silent, nobody has given up as far as it shows.
    await stage.must('sleep 20');
    return checkAirSays(stage, story);
  },
});

const beaconsLost: Scenario = {
  name: 'beacons-lost-a-while',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    await stage.commandMedium({ rules: [{ frame: 'beacon', fate: 'lost' }] });
    await stage.must('sleep 6');
    await stage.commandMedium({ rules: [] });
    await stage.must('sleep 1');
    await checkUntroubled(stage, station);
    return 'asked whether the access point is there, and stayed';
  },
};

const silent: Scenario = {
  name: 'air-silent-a-while',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    await stage.commandMedium({ rules: [{ frame: 'any', fate: 'lost' }] });
    await stage.tells(station, 'failed');
    check(stage.read(`${station}.ndjson`).includes('cannot be reached'), 'it does not tell that nobody is there');
    await stage.commandMedium({ rules: [] });
    await checkConnected(stage, station, 2);
    await checkGone(stage, station);
    return 'came back';
  },
};

const silentForEver: Scenario = {
  name: 'air-silent-for-ever',
  isCore: false,
  run: async (stage) => {
    const station = await overMedium(stage, []);
    await checkConnected(stage, station);
    await stage.commandMedium({ rules: [{ frame: 'any', fate: 'lost' }] });
    await stage.tells(station, 'waiting', 3);
    const waits = stage.linesOf(station).flatMap(({ kind, ['ms']: ms }) => (kind === 'waiting' ? [Number(ms)] : []));
    // It has looked near by at once, and found nobody: that is the second failure.
    check(waits.join(' ') === '2000 4000 8000', `it came back after ${waits.join(', ')} ms`);
    check((await stage.endStation(station)) === 1, 'it did not end with status 1');
    return 'looked again later each time';
  },
};

/** Frames that are lost, and handshakes that end in the middle. */
export const losses: ReadonlyArray<Scenario> = [
  ...[lostOnce(1), lostOnce(2), lostOnce(3), lostOnce(4)],
  ...[lostAlways(1), lostAlways(2), lostAlways(3), message4LostAlways],
  ...[afterMessage(1, 'message2', 'station'), afterMessage(2, 'message3', 'ap')],
  ...[afterMessage(3, 'message4', 'station'), duringEap, leaves],
  ...[answerLost('authentication'), answerLost('associationResponse')],
  answerLostAlways('authentication', 'failed authentication messageLost unknown'),
  answerLostAlways('associationResponse', 'failed association messageLost unknown'),
  ...[beaconsLost, silent, silentForEver],
];

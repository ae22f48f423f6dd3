import type { Scenario } from '../Scenario.js';
import { AP_MAC, STATION_MAC, type Stage, type StationLine } from '../Stage.js';
import { check, checkGone, connects } from './checks.js';
import { PASSPHRASE, SAE, WPA2 } from './networks.js';

/** So long a connection has to last for the station to be missed. */
const LASTING = 'sleep 12';
const SOON = 'sleep 1';
const HOME = '2412';
const NEW_HOME = '2437';

/** What the station told between the end of its last connection and the next. */
const between = (stage: Stage, station: string): ReadonlyArray<StationLine> => {
  const lines = stage.linesOf(station);
  const end = lines.findLastIndex(({ kind }) => kind === 'failed');
  return lines.slice(end, lines.findIndex(({ kind }, at) => at > end && kind === 'connected') + 1);
};

const channelsOf = (line: StationLine | undefined): string => String(line?.['frequencies'] ?? 'all');

/** It came back by a scan of the one channel, and waited for nothing. */
const checkNear = (stage: Stage, station: string, home = HOME): string => {
  const story = between(stage, station);
  const scans = story.filter(({ kind }) => kind === 'scanning');
  check(
    story.every(({ kind }) => kind !== 'waiting'),
    'it waited before it came back',
  );
  check(scans.length === 1 && channelsOf(scans[0]) === home, `it listened on ${scans.map(channelsOf).join(', then on ')}`);
  const [first, last] = [story[0], story.at(-1)];
  return `${(((last?.t ?? 0) - (first?.t ?? 0)) / 1000).toFixed(0)} ms from the end to the next connection`;
};

interface SentAway {
  readonly name: string;
  readonly isCore?: boolean;
  readonly accessPoint: ReadonlyArray<string>;
  readonly delay: string;
  readonly command: 'deauthenticate' | 'disassociate';
}

const sentAway = ({ name, isCore = false, accessPoint, delay, command }: SentAway): Scenario => ({
  name,
  isCore,
  run: async (stage) => {
    const station = await connects(stage, accessPoint, PASSPHRASE);
    await stage.must(`${delay}; hostapd_cli -i wlan0 ${command} ${STATION_MAC} reason=1`);
    await stage.tells(station, 'connected', 2);
    const words = checkNear(stage, station);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return words;
  },
});

/** Never sooner than the time before, and later in the end: twice as late each time, but for a connection that ended before its keys were in the kernel. */
const isPatient = (delays: ReadonlyArray<number>): boolean =>
  delays.every((ms, at) => ms >= (delays[at - 1] ?? 1000)) && (delays[0] ?? 0) <= 2000 && (delays[3] ?? 0) >= 4000;

/** The access point sends away whoever has just come, whenever he comes. */
const storm: Scenario = {
  name: 'deauthentication-storm',
  isCore: true,
  run: async (stage) => {
    const action = stage.write(
      'action.sh',
      `#!/bin/bash\n[ "$2" = AP-STA-CONNECTED ] && hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=1\ntrue\n`,
    );
    await stage.startAccessPoint(WPA2);
    await stage.must(`cp ${action} /run/action.sh; chmod 755 /run/action.sh
setsid hostapd_cli -i wlan0 -a /run/action.sh >/dev/null 2>&1 & echo $! >/run/medium.pid`);
    const station = await stage.startStation({ ssid: 'lab', passphrase: PASSPHRASE });
    await stage.tells(station, 'waiting', 4);
    await stage.must('kill "$(cat /run/medium.pid)"; rm /run/medium.pid');
    const delays = stage.linesOf(station).flatMap(({ kind, ms }) => (kind === 'waiting' ? [Number(ms)] : []));
    check(isPatient(delays), `it waited ${delays.join(', ')} ms`);
    const before = stage.countOf(station, 'connected');
    await stage.tells(station, 'connected', before + 1);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return `came back after ${delays.join(', ')} ms`;
  },
};

/** Nobody is on its channel any more, so it looks everywhere. */
const moved: Scenario = {
  name: 'ap-moves-to-another-channel',
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must(LASTING);
    await stage.replaceAccessPoint([...WPA2, 'channel=9']);
    await stage.tells(station, 'connected', 2);
    const scans = stage.linesOf(station).filter(({ kind }) => kind === 'scanning');
    check(
      scans.some((line) => channelsOf(line) === HOME),
      'it did not listen where it had been',
    );
    check(channelsOf(scans.at(-1)) === 'all', `it listened on ${scans.map(channelsOf).join(', then on ')}`);
    await stage.pingBothWays();
    check(stage.linesOf(station).findLast(({ kind }) => kind === 'connected')?.['bssid'] === AP_MAC, 'it is elsewhere');
    await checkGone(stage, station);
    return 'looked near by first, and then everywhere';
  },
};

/** The access point announces another channel and goes there: the station goes along, and looks for it there when it is lost. */
const switched: Scenario = {
  name: 'channel-switch',
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must(`[ "$(hostapd_cli -i wlan0 chan_switch 5 ${NEW_HOME})" = OK ]`);
    await stage.tells(station, 'channel');
    const told = stage.linesOf(station).filter(({ kind }) => kind === 'channel');
    check(told.length === 1 && String(told[0]?.['frequency']) === NEW_HOME, `it told of ${JSON.stringify(told)}`);
    await stage.pingBothWays();
    check(stage.countOf(station, 'failed') === 0, 'it lost the connection on the way');
    await stage.must(`${LASTING}; hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=1`);
    await stage.tells(station, 'connected', 2);
    const words = checkNear(stage, station, NEW_HOME);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return `went along, and came back on the new channel: ${words}`;
  },
};

/** How a station comes back after a connection. */
export const returns: ReadonlyArray<Scenario> = [
  sentAway({ name: 'back-at-once', isCore: true, accessPoint: WPA2, delay: LASTING, command: 'deauthenticate' }),
  sentAway({ name: 'back-at-once-early', accessPoint: WPA2, delay: SOON, command: 'deauthenticate' }),
  sentAway({ name: 'back-at-once-disassociated', accessPoint: WPA2, delay: LASTING, command: 'disassociate' }),
  sentAway({ name: 'back-at-once-sae', accessPoint: SAE, delay: LASTING, command: 'deauthenticate' }),
  storm,
  moved,
  switched,
];

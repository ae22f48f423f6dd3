import { readFileSync } from 'node:fs';
import type { Scenario } from '../Scenario.js';
import { STATION_MAC, type Stage } from '../Stage.js';
import { check, checkAuthorised, checkEncrypted, checkGone, connects } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const STATION_PID = '"$(cat /run/station.pid)"';
const SCRIPT = new URL('../inGuest/shrinkSockets.mjs', import.meta.url);

/** Events of other radios, as many as it takes to fill a small buffer. */
const STORM = `for n in 4 5; do ip -n sta link set wlan$n up; done
for n in $(seq 12); do for m in 4 5; do ip netns exec sta iw dev wlan$m scan freq 2412 >/dev/null; done; done`;

const comesBack = async (stage: Stage, station: string, times: number): Promise<void> => {
  await stage.tells(station, 'connected', times);
  await checkAuthorised(stage);
  await stage.pingBothWays();
  await checkEncrypted(stage);
};

const eventsLost: Scenario = {
  name: 'events-lost',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    const script = stage.write('shrinkSockets.mjs', readFileSync(SCRIPT, 'utf8'));
    await stage.must(`ip netns exec sta node ${script} ${STATION_PID}`);
    await stage.must(`kill -STOP ${STATION_PID}; ${STORM}; kill -CONT ${STATION_PID}`);
    await stage.says(`${station}.ndjson`, /ENOBUFS/);
    await stage.pingBothWays();
    check(stage.countOf(station, 'connected') === 1, 'it left though nothing had happened to its network');
    const before = stage.countOf(station, 'failed');
    await stage.must(`kill -STOP ${STATION_PID}; ${STORM}
hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5; sleep 1; kill -CONT ${STATION_PID}`);
    await stage.tells(station, 'failed', before + 1);
    check(!stage.read(`${station}.ndjson`).includes('reason 5'), 'the event was not lost');
    await comesBack(stage, station, 2);
    await checkGone(stage, station);
    return 'asked where it stood when events were lost';
  },
};

/** CCM is what the pairwise keys take, and nothing else here does. */
const keyRefused: Scenario = {
  name: 'key-refused',
  isCore: true,
  airDiffers: 'message 4 was sent, and then the kernel refused the key',
  run: async (stage) => {
    const block = '/etc/modprobe.d/no-ccm.conf';
    await stage.must(`modprobe -r ccm; echo "install ccm /bin/false" >${block}; ! grep -q "^ccm " /proc/modules`);
    try {
      await stage.startAccessPoint([...WPA2, 'group_cipher=GCMP']);
      const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
      await stage.says(`${station}.ndjson`, /cannot install the pairwise key/);
      await stage.tells(station, 'failed');
      check(stage.countOf(station, 'connected') === 0, 'it takes itself for connected without a key');
      check(!/authorized:\s+yes/.test(await stage.stationDump()), 'the port is open without a key');
      await stage.must(`rm ${block}`);
      await comesBack(stage, station, 1);
      await checkGone(stage, station);
      return 'not connected while the kernel refused the key, connected when it did not';
    } finally {
      await stage.run(`rm -f ${block}`);
    }
  },
};

/** Runs something in the guest as soon as the station has sent its message 2; the access point does not accept it. */
const atMessage2 = async (stage: Stage, script: string): Promise<string> => {
  await stage.startAccessPoint(WPA2);
  const station = await stage.startStation({ ssid: SSID, passphrase: 'wrong horse battery' });
  await stage.must(`until [[ $(<${stage.inGuest}/${station}.ndjson) == *'message 2 of 4'* ]]; do sleep 0.1; done; ${script}`);
  return station;
};

const noStation =
  'for n in $(seq 50); do [ -z "$(ip netns exec sta iw dev wlan1 station dump)" ] && exit 0; sleep 0.1; done; exit 1';

const killedInHandshake: Scenario = {
  name: 'killed-in-handshake',
  isCore: true,
  run: async (stage) => {
    await atMessage2(stage, `kill -KILL ${STATION_PID}`);
    await stage.must(noStation);
    const again = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
    await comesBack(stage, again, 1);
    await checkGone(stage, again);
    return 'the kernel left the network, and a new process connected';
  },
};

const removedInHandshake: Scenario = {
  name: 'removed-in-handshake',
  isCore: false,
  run: async (stage) => {
    const station = await atMessage2(stage, 'ip netns exec sta iw dev wlan1 del');
    await stage.says(`${station}.status`, /1/);
    await stage.must('ip netns exec sta iw phy phy1 interface add wlan1 type managed');
    check(stage.linesOf(station).at(-1)?.['why'] === 'the interface is gone', 'it does not tell that its interface is gone');
    return 'ended by itself';
  },
};

const stopped: Scenario = {
  name: 'stopped',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must(`kill -STOP ${STATION_PID}; sleep 30; kill -CONT ${STATION_PID}`);
    await stage.pingBothWays();
    check(stage.countOf(station, 'connected') === 1, 'it did not stay connected');
    await stage.must(`kill -STOP ${STATION_PID}; hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5; sleep 30
kill -CONT ${STATION_PID}`);
    await comesBack(stage, station, 2);
    await checkGone(stage, station);
    return 'stayed connected for 30 s, and came back after 30 s in which it was sent away';
  },
};

const interfaceOff: Scenario = {
  name: 'interface-off',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must('ip -n sta link set wlan1 down');
    await stage.says(`${station}.ndjson`, /"switched","isOn":false,"isBlocked":false/);
    await stage.tells(station, 'failed');
    await stage.must('sleep 5');
    check((await stage.run('ip -n sta link show wlan1')).out.includes('state DOWN'), 'it switched the interface on by itself');
    await stage.must('ip -n sta link set wlan1 up');
    await comesBack(stage, station, 2);
    await checkGone(stage, station);
    return 'waited until it was switched on';
  },
};

/** The names of radios can be read in their own namespace only. */
const rfkill = (isBlocked: boolean): string => `ip netns exec sta bash -c '
for each in /sys/class/rfkill/*; do [ "$(cat $each/name 2>/dev/null)" = phy1 ] && { echo ${isBlocked ? 1 : 0} >$each/soft; exit; }; done; exit 1'`;

const radioBlocked: Scenario = {
  name: 'radio-blocked',
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    await stage.must(`ip -n sta link set wlan1 down
${rfkill(true)}`);
    try {
      const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
      await stage.says(`${station}.ndjson`, /"switched","isOn":false,"isBlocked":true/);
      await stage.must(rfkill(false));
      await comesBack(stage, station, 1);
      await stage.must(rfkill(true));
      await stage.tells(station, 'switched', 3);
      await stage.tells(station, 'failed');
      await stage.must(`sleep 5
${rfkill(false)}`);
      await comesBack(stage, station, 2);
      await checkGone(stage, station);
      return 'waited until the radio was no more blocked, at the beginning and later';
    } finally {
      await stage.run(rfkill(false));
    }
  },
};

/** What happens to processes, sockets, interfaces and radios. */
export const faults: ReadonlyArray<Scenario> = [
  eventsLost,
  keyRefused,
  killedInHandshake,
  removedInHandshake,
  stopped,
  interfaceOff,
  radioBlocked,
];

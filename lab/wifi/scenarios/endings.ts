import type { Scenario } from '../Scenario.js';
import { STATION_MAC } from '../Stage.js';
import { check, checkAir, checkGone, connects } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const wrongPassphrase: Scenario = {
  name: 'wrong-passphrase',
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    const station = await stage.startStation({ ssid: SSID, passphrase: 'wrong horse battery' });
    await stage.says(`${station}.status`, /1/);
    const kinds = stage.linesOf(station).map(({ kind }) => kind);
    check(kinds.includes('gaveUp') && !kinds.includes('connected'), `it did not give up: ${kinds.join(' ')}`);
    check(!/AP-STA-CONNECTED/.test(stage.read('ap.log')), 'the access point let the station in');
    check((await stage.stationDump()).trim() === '', 'the kernel still has a station');
    await checkAir(stage, 'failed');
    return `gave up after ${kinds.filter((kind) => kind === 'failed').length} attempts`;
  },
};

const deauthenticated: Scenario = {
  name: 'ap-deauthenticates',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    const before = stage.countOf(station, 'connected');
    await stage.must(`hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=5`);
    await stage.says(`${station}.ndjson`, /deauthenticated us \(reason 5\)/);
    await stage.tells(station, 'connected', before + 1);
    await stage.pingBothWays();
    await checkGone(stage, station);
    return 'came back by itself';
  },
};

const killed: Scenario = {
  name: 'killed',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.endStation(station, 'KILL');
    await stage.must(
      'for n in $(seq 50); do [ -z "$(ip netns exec sta iw dev wlan1 station dump)" ] && exit 0; sleep 0.1; done; exit 1',
    );
    const again = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
    await stage.tells(again, 'connected');
    await stage.pingBothWays();
    await checkGone(stage, again);
    return 'the kernel left the network, and a new process connected';
  },
};

const vanished: Scenario = {
  name: 'ap-vanishes',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    const before = stage.countOf(station, 'failed');
    await stage.must('kill -KILL "$(cat /run/hostapd.pid)"; ip link set wlan0 down');
    await stage.tells(station, 'failed', before + 1);
    check(stage.read(`${station}.ndjson`).includes('cannot be reached'), 'it does not tell that nobody is there');
    check((await stage.endStation(station)) === 1, 'the last verdict was no failure');
    return 'told by the beacons that did not come';
  },
};

const removed: Scenario = {
  name: 'interface-removed',
  isCore: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must('ip netns exec sta iw dev wlan1 del');
    await stage.says(`${station}.status`, /1/);
    await stage.must('ip netns exec sta iw phy phy1 interface add wlan1 type managed');
    check(stage.linesOf(station).at(-1)?.['why'] === 'the interface is gone', 'it does not tell that its interface is gone');
    return 'ended by itself';
  },
};

const radioRemoved: Scenario = {
  name: 'radio-removed',
  isCore: false,
  spoilsGuest: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must('ip netns exec sta node /opt/postassoc/lab/removeRadio.mjs 1');
    await stage.says(`${station}.status`, /1/);
    check(stage.linesOf(station).at(-1)?.['why'] === 'the interface is gone', 'it does not tell that its interface is gone');
    const kinds = [...stage.read(`${station}.log.ndjson`).matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind);
    check(
      kinds.includes('stopPostAssociate') && kinds.includes('deinitAdapter'),
      `its port was not ended: ${kinds.slice(-5).join(' ')}`,
    );
    const again = await stage.run(`ip netns exec sta postassoc live wifi --interface wlan1 --ssid ${SSID}`);
    check(again.status === 2 && /wlan1/.test(again.out), `another process ends with status ${again.status}: ${again.out}`);
    return `ended by itself; another process says: ${again.out.trim()}`;
  },
};

/** In the middle of a scan, for a network that nobody has. Without an end to it the radio would be busy for whoever comes next. */
const endsInScan: Scenario = {
  name: 'ends-in-mid-scan',
  isCore: false,
  run: async (stage) => {
    await stage.must(`setsid ip netns exec sta iw event >${stage.inGuest}/scans.txt 2>&1 &
echo $! >/run/medium.pid`);
    const station = await stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
    const said = `${stage.inGuest}/${station}`;
    const again = await stage.must(`until grep -q '"scanning"' ${said}.ndjson; do sleep 0.02; done
kill -INT "$(cat /run/station.pid)"
until [ -s ${said}.status ]; do sleep 0.02; done
ip netns exec sta iw dev wlan1 scan trigger`);
    await stage.copied();
    check(stage.read(`${station}.status`).trim() === '1', 'it did not end as one that never was connected');
    const [first = ''] = stage.read('scans.txt').match(/scan (?:finished|aborted)/) ?? [];
    check(first === 'scan aborted', `the kernel told of "${first}" first; the next scan: ${again}`);
    return 'the scan ended with it, and another one could begin at once';
  },
};

/** How a connection fails, or ends. */
export const endings: ReadonlyArray<Scenario> = [
  ...[wrongPassphrase, deauthenticated, killed, vanished, removed, radioRemoved],
  endsInScan,
];

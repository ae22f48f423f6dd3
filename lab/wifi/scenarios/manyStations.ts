import { readFileSync } from 'node:fs';
import type { Scenario } from '../Scenario.js';
import { AP, type Stage, type StationLine } from '../Stage.js';
import { check } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const SCRIPT = new URL('../inGuest/stations.mjs', import.meta.url);
const NUMBERS = [1, 4, 5, 6, 7, 8, 9, 10];
/** Starts stations in one process; what they say is in the file of the answer. */
const start = async (stage: Stage, cycles: number, numbers: ReadonlyArray<number>): Promise<string> => {
  const script = stage.write('stations.mjs', readFileSync(SCRIPT, 'utf8'));
  const names = numbers.map((n) => `wlan${n}`).join(' ');
  await stage.must(`cd ${stage.inGuest}
setsid bash -c 'ip netns exec sta node --expose-gc ${script} ${SSID} "${PASSPHRASE}" ${cycles} ${names} >stations.ndjson 2>stations.err & echo $! >/run/station.pid; wait $!; echo $? >stations.status' &
for n in ${numbers.join(' ')}; do ip -n sta addr replace 10.0.0.$((10 + n))/24 dev wlan$n; done
ip netns exec sta sysctl -q net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 net.ipv4.conf.all.rp_filter=0`);
  return 'stations';
};

const end = async (stage: Stage, station: string, numbers: ReadonlyArray<number>): Promise<void> => {
  check((await stage.endStation(station)) === 0, `the process did not end with status 0: ${stage.read(`${station}.err`)}`);
  for (const n of numbers)
    check((await stage.must(`ip netns exec sta iw dev wlan${n} link`)).includes('Not connected'), `wlan${n} is still connected`);
  await stage.must(`for n in ${numbers.join(' ')}; do ip -n sta addr flush dev wlan$n; ip -n sta link set wlan$n down; done
ip netns exec sta sysctl -q net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0`);
};

const eight: Scenario = {
  name: 'eight-stations',
  isCore: true,
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    const station = await start(stage, 1, NUMBERS);
    await stage.tells(station, 'connected', NUMBERS.length);
    for (const n of NUMBERS) {
      const dump = await stage.must(`ip netns exec sta iw dev wlan${n} station dump`);
      check(/authorized:\s+yes/.test(dump), `the kernel does not have wlan${n} authorised`);
      await stage.must(`ip netns exec sta ping -I wlan${n} -c 2 -i 0.3 -W 5 ${AP}`);
    }
    await end(stage, station, NUMBERS);
    check(stage.countOf(station, 'left') === NUMBERS.length, 'not all have left');
    check((await stage.must('hostapd_cli -i wlan0 list_sta')).trim() === '', 'the access point still has stations');
    return 'all in one process';
  },
};

const CYCLES = 200;
const CYCLES_MS = 2_400_000;
/** After these all code was run, and whatever is made once was made. */
const WARM = 20;
/**
 * What V8 learns of code, and compiles, takes half of this between the 20th connection and the 200th, and comes to rest after two thousand.
 * For what connections might not give back it leaves room for 3 KiB each.
 */
const HEAP_TOLERANCE = 1024 ** 2;
const NOT_MORE = ['files', 'sockets', 'handles', 'timers'] as const;

type Held = Readonly<Record<(typeof NOT_MORE)[number] | 'heap', number>> & StationLine;

const checkKernel = (stage: Stage, station: string): void => {
  const keysIn = (wanted: string): ReadonlyArray<readonly [number, number]> =>
    stage
      .linesOf(station)
      .flatMap(({ kind, ['keys']: keys, ['stations']: stations }) => (kind === wanted ? [[Number(keys), Number(stations)]] : []));
  const [open, closed] = [keysIn('open'), keysIn('closed')];
  check(open.length === CYCLES - 1 && closed.length === CYCLES - 1, `${open.length} were connected, ${closed.length} left`);
  check(
    open.every(([keys, stations]) => keys >= 2 && stations === 1),
    'the kernel had no keys while it was connected',
  );
  const left = closed.findIndex(([keys, stations]) => keys > 0 || stations > 0);
  check(left < 0, `after connection ${left + 1} the kernel has ${closed[left]?.[0]} keys and ${closed[left]?.[1]} stations`);
};

const twoHundred: Scenario = {
  name: 'two-hundred-cycles',
  isCore: false,
  run: async (stage) => {
    await stage.startAccessPoint(WPA2);
    const station = await start(stage, CYCLES, [1]);
    await stage.tells(station, 'connected', 1, CYCLES_MS);
    await end(stage, station, [1]);
    check(stage.countOf(station, 'failed') === 0, 'an attempt failed');
    checkKernel(stage, station);
    const helds = stage.linesOf(station).filter((line): line is Held => line.kind === 'held');
    const [warm, last] = [helds.find((line) => line['cycle'] === WARM), helds.at(-1)];
    if (warm === undefined || last === undefined) throw new Error('it does not tell what it holds');
    for (const what of NOT_MORE)
      check(last[what] <= warm[what], `${what}: ${warm[what]} after ${WARM}, ${last[what]} in the end`);
    const grown = last.heap - warm.heap;
    check(grown <= HEAP_TOLERANCE, `the heap has grown by ${grown} octets`);
    const kib = (octets: number): string => `${Math.round(octets / 1024)} KiB`;
    return `${last.files} files, ${last.sockets} sockets, ${last.handles} handles as after ${WARM}; the heap ${kib(warm.heap)} then, ${kib(last.heap)} now`;
  },
};

/** More than one station in one process, and more than one connection. */
export const manyStations: ReadonlyArray<Scenario> = [eight, twoHundred];

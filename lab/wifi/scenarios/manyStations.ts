import { readFileSync } from 'node:fs';
import type { Scenario } from '../Scenario.js';
import { AP, type Stage } from '../Stage.js';
import { check } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

const SCRIPT = new URL('../inGuest/stations.mjs', import.meta.url);
const NUMBERS = [1, 4, 5, 6, 7, 8, 9, 10];
/** Starts stations in one process; what they say is in the file of the answer. */
const start = async (stage: Stage, cycles: number, numbers: ReadonlyArray<number>): Promise<string> => {
  const script = stage.write('stations.mjs', readFileSync(SCRIPT, 'utf8'));
  const names = numbers.map((n) => `wlan${n}`).join(' ');
  await stage.must(`cd /share/${stage.name}
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

/** More than one station in one process. */
export const manyStations: ReadonlyArray<Scenario> = [eight];

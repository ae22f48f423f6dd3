import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../Scenario.js';
import { OUTPUT, STATION_MAC, type Stage } from '../Stage.js';
import { check, checkAuthorised, checkGone, connects } from './checks.js';
import { PASSPHRASE, WPA2 } from './networks.js';

const PATIENCE_MS = 300_000;
const POLL_MS = 1000;
const ASLEEP = 'the guest goes to sleep';
const AWAKE = 'the guest is awake';

/**
 * Processes are frozen, devices stopped, and what comes over the line of the agent wakes the machine. The shared folder does not
 * outlive that, so it is let go before, also in the station's own view of what is mounted; only the console can tell.
 */
const SLEEP = `exec >/dev/ttyS0 2>&1
cd /
sleep 1
pkill -f courier.mjs
sleep 1
busybox nsenter -t "$(cat /run/station.pid)" -m umount /share
umount /share && modprobe -r 9pnet_virtio
echo enabled >/sys/class/tty/ttyS1/power/wakeup
echo "${ASLEEP}"
sleep 1
echo freeze >/sys/power/state
echo "status $?"
modprobe 9pnet_virtio
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144,cache=none share /share
setsid node /opt/postassoc/lab/courier.mjs ${OUTPUT} /share >/share/courier.log 2>&1 </dev/null &
echo "${AWAKE}"
`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Knocks until it is awake; the answer is what the console has told. */
const wakes = async (stage: Stage): Promise<string> => {
  const path = join(stage.folder, '..', 'console.log');
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    await pause(POLL_MS);
    const told = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (told.includes(AWAKE)) return told;
    if (Date.now() > end) throw new Error(`the guest did not wake: ${told}`);
    if (told.includes(ASLEEP)) stage.knock();
  }
};

/** The access point is in the same machine: the kernel ends it, and it is started again. */
const suspended: Scenario = {
  name: 'suspend-and-resume',
  isCore: false,
  spoilsGuest: true,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    await stage.must(`cp ${stage.write('sleep.sh', SLEEP)} /run/sleep.sh
setsid bash /run/sleep.sh >/dev/null 2>&1 </dev/null &`);
    const told = await wakes(stage);
    check(told.includes('status 0'), `the guest did not sleep: ${told}`);
    await stage.tells(station, 'failed');
    await stage.replaceAccessPoint(WPA2);
    await stage.tells(station, 'connected', 2);
    await checkAuthorised(stage);
    await stage.pingBothWays();
    await checkGone(stage, station);
    const why = stage.linesOf(station).find(({ kind }) => kind === 'failed')?.['why'];
    return `"${why}", and came back afterwards`;
  },
};

/** The country decides on channels and on how loud a radio may be; the kernel tells, and keeps what is still allowed. */
const regulated: Scenario = {
  name: 'regulatory-change',
  isCore: false,
  run: async (stage) => {
    const station = await connects(stage, WPA2, PASSPHRASE);
    try {
      for (const country of ['JP', 'US', 'DE']) {
        await stage.must(`iw reg set ${country}; sleep 2; iw reg get | grep -q "country ${country}"`);
        await stage.pingBothWays();
      }
      check(stage.countOf(station, 'connected') === 1, 'it was connected anew');
      check(stage.countOf(station, 'failed') === 0, 'it lost its connection');
      await stage.must(`sleep 10; hostapd_cli -i wlan0 deauthenticate ${STATION_MAC} reason=1`);
      await stage.tells(station, 'connected', 2);
      await stage.pingBothWays();
    } finally {
      await stage.run('iw reg set 00');
    }
    await checkGone(stage, station);
    return 'stayed connected through three countries, and came back in the last';
  },
};

/** What becomes of a connection when its machine sleeps, or is somewhere else. */
export const sleeps: ReadonlyArray<Scenario> = [suspended, regulated];

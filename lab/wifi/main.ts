import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Guest } from './Guest.js';
import { guestImage } from './guestImage.js';
import { missingPrograms } from './missingPrograms.js';
import { packageDisk } from './packageDisk.js';
import type { Scenario } from './Scenario.js';
import { Stage } from './Stage.js';
import { scenarios } from './scenarios.js';

const SKIPPED = 77;
const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const PROGRAMS = {
  'qemu-system-x86_64': 'qemu-system-x86',
  debootstrap: 'debootstrap',
  cpio: 'cpio',
  depmod: 'kmod',
  mke2fs: 'e2fsprogs',
  xz: 'xz-utils',
};
/** Two for access points (0 and 2), one for who listens and forges (3), the others for stations. */
const RADIOS = `modprobe mac80211_hwsim radios=11
for n in $(seq 100); do [ -e /sys/class/net/wlan10 ] && break; sleep 0.1; done
ip netns add sta
for n in 1 4 5 6 7 8 9 10; do iw phy phy$n set netns name sta; done
ip -n sta link set lo up`;

interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly said: string;
  readonly isGood: boolean;
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

const skip = (reason: string): never => {
  process.stdout.write(`the lab of Wi-Fi is skipped: ${reason}\n`);
  process.exit(SKIPPED);
};

const play = async (guest: Guest, { name, run }: Scenario): Promise<Result> => {
  const stage = new Stage(guest, name);
  const began = Date.now();
  const result = (said: string, isGood: boolean): Result => ({ name, seconds: (Date.now() - began) / 1000, said, isGood });
  try {
    return result(await run(stage), true);
  } catch (error) {
    return result(error instanceof Error ? error.message : String(error), false);
  } finally {
    await stage.close();
  }
};

const tell = ({ name, seconds, said, isGood }: Result): void => {
  process.stdout.write(`${isGood ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s  ${said}\n`);
};

const playAll = async (chosen: ReadonlyArray<Scenario>, share: string): Promise<ReadonlyArray<Result>> => {
  const image = guestImage(say);
  const packages = join(share, 'package.img');
  packageDisk(PROJECT, packages);
  const guest = await Guest.boot({ image, packages, share });
  const results: Result[] = [];
  try {
    await guest.must(RADIOS);
    for (const scenario of chosen) {
      const result = await play(guest, scenario);
      tell(result);
      results.push(result);
    }
    await guest.run('dmesg >/share/dmesg.txt');
  } finally {
    guest.close();
    rmSync(packages, { force: true });
  }
  return results;
};

const chosenOf = (names: ReadonlyArray<string>): ReadonlyArray<Scenario> => {
  const unknown = names.find((name) => scenarios.every((scenario) => scenario.name !== name));
  if (unknown === undefined) return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
  say(`there is no scenario "${unknown}"; there are ${scenarios.map(({ name }) => name).join(', ')}`);
  process.exit(2);
};

/** Runs the scenarios that are named, or all, against hostapd in a guest of its own. */
const chosen = chosenOf(process.argv.slice(2));
const reason = missingPrograms(PROGRAMS);
if (reason !== undefined) skip(reason);
const share = mkdtempSync(join(process.env['LAB_RUNS'] ?? tmpdir(), 'postassoc-wifi-'));
mkdirSync(share, { recursive: true });
const results = await playAll(chosen, share);
const failed = results.filter(({ isGood }) => !isGood).length;
writeFileSync(join(share, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
process.stdout.write(`${results.length - failed} of ${results.length} scenarios are good; logs and captures are in ${share}\n`);
process.exit(failed === 0 ? 0 : 1);

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { essential } from './corpus.js';
import { Fuzzer } from './Fuzzer.js';
import { Reached } from './features.js';
import { INPUT_AT, type Order, type Progress } from './order.js';
import { randomFrom } from './random.js';
import type { Target } from './target.js';
import { targets } from './targets/index.js';

const { seed, runs, until, chosen, corpora, only, shared } = workerData as Order;

/** What is run next stands where the watchdog sees it, for it cannot be asked once a run hangs. */
const counters = new Int32Array(shared, 0, INPUT_AT / 4);
const room = new Uint8Array(shared, INPUT_AT);
const announce = (target: Target, input: Uint8Array): void => {
  room.set(input.subarray(0, room.length));
  counters[1] = targets.indexOf(target);
  counters[2] = input.length;
  Atomics.add(counters, 0, 1);
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const random = randomFrom(seed);
const fuzzers = targets
  .filter(({ name }) => chosen === 'all' || chosen === name)
  .map((target) => new Fuzzer(target, random, announce));

const progressOf = (fuzzer: Fuzzer): Progress => ({
  target: fuzzer.target.name,
  executions: fuzzer.executions,
  kept: fuzzer.kept.length,
  branches: fuzzer.reached.branches(),
});
const kept = (): number => fuzzers.flatMap((fuzzer) => fuzzer.kept).reduce((sum, { length }) => sum + length + 200, 0);
const failures = () => fuzzers.flatMap((fuzzer) => fuzzer.failures);
const tell = (kind: 'progress' | 'done', more: object = {}): void =>
  parentPort?.postMessage({ kind, progress: fuzzers.map(progressOf), heap: heap() - kept(), failures: failures(), ...more });

const firstOf = ({ name, seeds }: Target): ReadonlyArray<Uint8Array> => (only ? [only] : [...seeds(), ...(corpora[name] ?? [])]);
for (const fuzzer of fuzzers) for (const input of firstOf(fuzzer.target)) fuzzer.run(input);

tell('progress');
const PROGRESS_MS = 30_000;
/** Findings after which there is no point in going on. */
const ENOUGH = 10;
let told = Date.now();
let reported = 0;
let left = only ? 0 : runs;
while (left > 0 && Date.now() < until && failures().length < ENOUGH)
  for (const fuzzer of fuzzers) {
    for (let turn = 0; turn < fuzzer.target.slice && left > 0 && Date.now() < until; turn++, left--) fuzzer.next();
    if (Date.now() - told < PROGRESS_MS && failures().length === reported) continue;
    told = Date.now();
    reported = failures().length;
    tell('progress');
  }

// Seeds need not be written down, and a corpus is to be small: whether a branch is taken counts, how often does not.
const shortened = Object.fromEntries(
  fuzzers.map((fuzzer) => {
    const { target, kept: all } = fuzzer;
    const again = new Fuzzer(target, random, announce, new Reached(true));
    for (const seed of target.seeds()) again.run(seed);
    return [target.name, essential(all, (input) => again.run(input))];
  }),
);
tell('done', { corpora: shortened });

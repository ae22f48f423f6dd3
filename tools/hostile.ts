import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mutantOf, tryMutant } from './hostile/hostileRun.js';
import { hostileSeeds } from './hostile/seeds.js';

/*
 * npx tsx -C postassoc-source tools/hostile.ts --count 100000
 *
 * Captures that nobody means: each is one of examples/captures or spec/fixtures/captures, changed, and goes through all there is. What
 * must never be is printed with its number; --only NUMBER tries that one again, and --write FILE keeps it.
 */

const SLOW_MS = 10_000;
const MOST_MEMORY = 512 * 1024 ** 2;
const EVERY = 5_000;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    write: { type: 'string' },
  },
});

const seed = Number(values.seed);
const first = Number(values.only ?? values.from);
const count = values.only === undefined ? Number(values.count) : 1;
const seeds = hostileSeeds();
if (values.write !== undefined) writeFileSync(values.write, mutantOf(seeds, seed, first).bytes);

const totals = { readable: 0, frames: 0, connections: 0, damaged: 0, findings: 0, slowest: 0, mostMemory: 0 };

const report = (number: number, what: string): void => {
  totals.findings++;
  console.log(`mutant ${number}: ${what}`);
};

const attempt = (number: number): void => {
  const began = performance.now();
  const { isReadable, frames, connections, damages, faults } = tryMutant(seeds, seed, number);
  const took = performance.now() - began;
  totals.readable += isReadable ? 1 : 0;
  totals.frames += frames;
  totals.connections += connections;
  totals.damaged += damages > 0 ? 1 : 0;
  totals.slowest = Math.max(totals.slowest, took);
  for (const fault of faults) report(number, fault);
  if (took > SLOW_MS) report(number, `took ${Math.round(took)} ms`);
};

const say = (done: number): void => {
  const { readable, frames, connections, damaged, findings, slowest, mostMemory } = totals;
  console.log(
    `${done} mutants of seed ${seed}: ${readable} readable, ${damaged} damaged, ${frames} frames, ${connections} connections; ` +
      `slowest ${Math.round(slowest)} ms, ${Math.round(mostMemory / 1024 ** 2)} MB; ${findings} findings`,
  );
};

for (let number = first; number < first + count; number++) {
  attempt(number);
  if ((number - first) % 256 === 0) {
    const { rss } = process.memoryUsage();
    if (rss > MOST_MEMORY && totals.mostMemory <= MOST_MEMORY) report(number, `${rss} octets of memory`);
    totals.mostMemory = Math.max(totals.mostMemory, rss);
  }
  if ((number - first + 1) % EVERY === 0) say(number - first + 1);
}
say(count);
process.exitCode = totals.findings === 0 ? 0 : 1;

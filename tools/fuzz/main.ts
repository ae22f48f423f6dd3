import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fromHex } from '../../streams/events/index.js';
import { bundleFuzzer } from './bundle.js';
import { readCorpus, writeCorpus } from './corpus.js';
import type { Failure } from './Fuzzer.js';
import type { Branch } from './instrument.js';
import { INPUT_AT, LONGEST_INPUT, type Order, type Report } from './order.js';
import { randomFrom } from './random.js';
import { shownCoverage, shownProgress, writeFinding } from './report.js';
import { targets } from './targets/index.js';

const corpusFolder = fileURLToPath(new URL('corpus', import.meta.url));

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    target: { type: 'string', default: 'all' },
    findings: { type: 'string', default: 'tools/fuzz/findings' },
    'keep-corpus': { type: 'boolean', default: false },
    uncovered: { type: 'string' },
    input: { type: 'string' },
  },
});

const seed = values.seed === 'random' ? randomFrom(Date.now()).below(0xffffffff) : Number(values.seed);
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const runs = values.runs === undefined ? undefined : Number(values.runs);
const chosen = values.target;
const targetNames = targets.map(({ name }) => name);
const names = targetNames.filter((name) => chosen === 'all' || chosen === name);

/** How long one input may take before it counts as a hang, and how much memory all of them together. */
const HANG_MS = 30_000;
const HEAP_MB = 768;
/** Growth of the heap, beyond the corpus, that no long run may show. */
const LEAK_BYTES = 64 << 20;

const order: Order = {
  seed,
  runs: runs ?? (minutes === undefined ? 100_000 : Number.POSITIVE_INFINITY),
  until: minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000,
  chosen,
  ...(values.input !== undefined && { only: fromHex(values.input) ?? new Uint8Array(0) }),
  corpora: Object.fromEntries(names.map((name) => [name, readCorpus(corpusFolder, name)])),
  shared: new SharedArrayBuffer(INPUT_AT + LONGEST_INPUT),
};
const counters = new Int32Array(order.shared, 0, INPUT_AT / 4);

/** The input that was running when the thread stopped answering or died. */
const running = (detail: string): Failure => {
  const input = new Uint8Array(order.shared, INPUT_AT, counters[2]).slice();
  return { target: targetNames[counters[1] ?? 0] ?? '', input, original: input, detail };
};

const written = new Set<string>();

/** Each finding is written down at once: a long run may not live to its end. */
const write = (failures: ReadonlyArray<Failure>): void => {
  for (const failure of failures) {
    if (written.has(failure.detail)) continue;
    written.add(failure.detail);
    console.log(writeFinding(values.findings, failure, seed));
  }
};

const finish = (failures: ReadonlyArray<Failure>): void => {
  write(failures);
  console.log(failures.length === 0 ? 'no finding' : `${failures.length} findings`);
  process.exitCode = failures.length === 0 ? 0 : 1;
};

const fuzz = (path: string, branches: ReadonlyArray<Branch>): Promise<ReadonlyArray<Failure>> =>
  new Promise((resolve) => {
    const began = Date.now();
    const heaps: number[] = [];
    const worker = new Worker(path, { workerData: order, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    let seen = -1;
    const watchdog = setInterval(() => {
      const count = Atomics.load(counters, 0);
      if (count === seen && count > 0) end([running(`a run took longer than ${HANG_MS / 1000} s`)]);
      seen = count;
    }, HANG_MS);
    const end = (failures: ReadonlyArray<Failure>): void => {
      clearInterval(watchdog);
      void worker.terminate();
      resolve(failures);
    };
    worker.on('message', (report: Report) => {
      heaps.push(report.heap);
      console.log(shownProgress(report, branches, Date.now() - began));
      write(report.failures);
      if (report.kind !== 'done') return;
      if (values['keep-corpus'])
        for (const [name, inputs] of Object.entries(report.corpora)) writeCorpus(corpusFolder, name, inputs);
      console.log(shownCoverage(report, branches, values.uncovered));
      // The first reports come from a heap that is still being filled.
      const growth = report.heap - Math.max(...heaps.slice(0, 4));
      end(growth > LEAK_BYTES ? [...report.failures, running(`the heap has grown by ${growth >> 20} MB`)] : report.failures);
    });
    worker.on('error', (error) => end([running(`the fuzzing thread died: ${error.stack ?? error.message}`)]));
  });

if (names.length === 0) {
  console.error(`--target is one of ${targetNames.join(', ')}, or all`);
  process.exit(2);
}
console.log(`seed ${seed}, ${names.join(', ')}`);
const { path, branches } = await bundleFuzzer();
const failures = await fuzz(path, branches);
rmSync(path);
finish(failures);

import { fixed, median, quantile, verdict } from './figures.js';
import type { Network } from './networks.js';
import type { Passage, Stamp } from './openStamp.js';
import { type Errand, eapolTest, type Peer, postassoc } from './peers.js';
import { runProgram } from './runProgram.js';

export interface LatencyPlan {
  readonly rounds: number;
  /** Authentications of a long-running process of ours, each round. */
  readonly repeat: number;
  /** Processes of one authentication, each round. */
  readonly processes: number;
}

/** A peer in one of two ways of living. */
interface Contender {
  readonly name: string;
  readonly peer: Peer;
  readonly times: number;
  readonly runs: number;
}

interface Sample {
  readonly passages: Passage[];
  cpu: number;
  wall: number;
  authentications: number;
  hasFailed: boolean;
}

/** It pauses for a tenth of a second after each, and has nothing to warm up. */
const EAPOL_TEST_SHARE = 5;

const contendersOf = ({ repeat, processes }: LatencyPlan): ReadonlyArray<Contender> => {
  const lives = [
    ['long-running', repeat, 1],
    ['one process each', 1, processes],
  ] as const;
  return lives.flatMap(([life, times, runs]) =>
    [postassoc, eapolTest].map((peer) => ({
      name: `${peer.name}, ${life}`,
      peer,
      times: peer === eapolTest ? Math.ceil(times / EAPOL_TEST_SHARE) : times,
      runs,
    })),
  );
};

const measure = async (contender: Contender, errand: Errand, stamp: Stamp, sample: Sample): Promise<void> => {
  const { peer, times, runs } = contender;
  for (let run = 0; run < runs; run++) {
    const command = peer.command({ ...errand, port: stamp.port }, times);
    const { status, cpu, wall, said } = await runProgram(command);
    const passages = stamp.take();
    if (passages.length === 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${said}`);
    sample.passages.push(...passages);
    sample.hasFailed ||= status !== 0;
    sample.cpu += cpu;
    sample.wall += wall;
    sample.authentications += times;
  }
};

/** What is compared, and what it is compared with: they stand one below the other. */
const row = (contender: Contender, sample: Sample, reference: Sample): string => {
  const [whole, own] = [sample.passages.map((one) => one.whole), sample.passages.map((one) => one.own)];
  const cells = [
    contender.name.padEnd(28),
    String(whole.length).padStart(5),
    fixed(median(whole), 2, 8),
    fixed(quantile(whole, 0.99), 2, 8),
    fixed(median(own), 2, 8),
    fixed(quantile(own, 0.99), 2, 8),
    fixed((1000 * sample.cpu) / sample.authentications, 1, 8),
    fixed((1000 * sample.wall) / sample.authentications, 1, 8),
    fixed(median(whole) / median(reference.passages.map((one) => one.whole)), 2, 7),
    fixed(median(own) / median(reference.passages.map((one) => one.own)), 2, 7),
  ];
  return `${cells.join(' ')}${sample.hasFailed ? ' SOME FAILED' : ''}`;
};

const HEAD = `${''.padEnd(28)} ${'n'.padStart(5)} ${'p50'.padStart(8)} ${'p99'.padStart(8)} ${'own p50'.padStart(8)} ${'own p99'.padStart(8)} ${'cpu'.padStart(8)} ${'wall'.padStart(8)} ${'ratio'.padStart(7)} ${'own'.padStart(7)}`;

/** Milliseconds of authentications one after the other, ours and eapol_test's in turns. */
export const compareLatency = async (network: Network, errand: Errand, stamp: Stamp, plan: LatencyPlan): Promise<void> => {
  const contenders = contendersOf(plan);
  const samples = contenders.map((): Sample => ({ passages: [], cpu: 0, wall: 0, authentications: 0, hasFailed: false }));
  for (let round = 0; round < plan.rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const sample = samples[index];
      if (sample !== undefined) await measure(contender, errand, stamp, sample);
    }
  }
  process.stdout.write(`\n${HEAD}\n`);
  for (const [index, contender] of contenders.entries()) {
    const [sample, reference] = [samples[index], samples[index - (index % 2) + 1]];
    if (sample === undefined || reference === undefined) continue;
    process.stdout.write(`${row(contender, sample, reference)}\n`);
    if (index !== 0) continue;
    const ratio = median(sample.passages.map((one) => one.whole)) / median(reference.passages.map((one) => one.whole));
    const words = verdict(ratio, network.target);
    if (words !== '') process.stdout.write(`${network.name}: ${ratio.toFixed(2)} times eapol_test, ${words}\n`);
  }
};

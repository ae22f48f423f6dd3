import { median } from '../median.js';
import { fixed, quantile, verdict } from './figures.js';
import type { Network } from './networks.js';
import type { Passage, Stamp } from './openStamp.js';
import { type Errand, eapolTest, type Peer, postassoc } from './peers.js';
import { runProgram } from './runProgram.js';

export interface LatencyPlan {
  readonly rounds: number;
  /** Authentications of a long-running process of ours, each round, after those in which V8 compiles. */
  readonly repeat: number;
  readonly warmUp: number;
  /** Authentications of a long-running eapol_test, each round: it pauses for a tenth of a second after each, and has nothing to warm up. */
  readonly paced: number;
  /** Processes of one authentication, each round. */
  readonly processes: number;
}

/** A peer in one of two ways of living. */
interface Contender {
  readonly name: string;
  readonly peer: Peer;
  readonly times: number;
  /** The first so many are not counted. */
  readonly skipped: number;
  readonly runs: number;
}

interface Sample {
  readonly passages: Passage[];
  cpu: number;
  authentications: number;
  hasFailed: boolean;
}

/** What came of a contender: milliseconds. */
export interface LatencyFigures {
  readonly count: number;
  readonly whole: number;
  readonly whole99: number;
  readonly own: number;
  readonly own99: number;
  /** Of whole processes, their start and warming up included, by authentication. */
  readonly cpu: number;
  readonly hasFailed: boolean;
}

export interface LatencyResult {
  readonly network: Network;
  readonly ours: LatencyFigures;
  readonly oursFirst: LatencyFigures;
  readonly theirs: LatencyFigures;
  readonly theirsFirst: LatencyFigures;
}

/** eapol_test as it is quicker: its pauses let caches go cold, and a process of its own has just read its files. */
export const quickerOf = ({ theirs, theirsFirst }: LatencyResult): LatencyFigures =>
  theirsFirst.whole < theirs.whole ? theirsFirst : theirs;

type Lives = Readonly<Record<keyof Omit<LatencyResult, 'network'>, Contender>>;

const livesOf = ({ repeat, warmUp, paced, processes }: LatencyPlan): Lives => ({
  ours: { name: 'postassoc, warm', peer: postassoc, times: warmUp + repeat, skipped: warmUp, runs: 1 },
  theirs: { name: 'eapol_test, long-running', peer: eapolTest, times: paced, skipped: 0, runs: 1 },
  oursFirst: { name: 'postassoc, one process each', peer: postassoc, times: 1, skipped: 0, runs: processes },
  theirsFirst: { name: 'eapol_test, one process each', peer: eapolTest, times: 1, skipped: 0, runs: 3 * processes },
});

const measure = async (contender: Contender, errand: Errand, stamp: Stamp, sample: Sample): Promise<void> => {
  const { peer, times, skipped, runs } = contender;
  for (let run = 0; run < runs; run++) {
    const command = peer.command({ ...errand, port: stamp.port }, times);
    const { status, cpu, said } = await runProgram(command);
    const passages = stamp.take().slice(skipped);
    if (passages.length === 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${said}`);
    sample.passages.push(...passages);
    sample.hasFailed ||= status !== 0;
    sample.cpu += cpu;
    sample.authentications += times;
  }
};

const figuresOf = ({ passages, cpu, authentications, hasFailed }: Sample): LatencyFigures => {
  const [whole, own] = [passages.map((one) => one.whole), passages.map((one) => one.own)];
  return {
    count: passages.length,
    whole: median(whole),
    whole99: quantile(whole, 0.99),
    own: median(own),
    own99: quantile(own, 0.99),
    cpu: (1000 * cpu) / authentications,
    hasFailed,
  };
};

const HEADS = ['p50', 'p99', 'own p50', 'own p99', 'cpu'];
const HEAD = `${''.padEnd(30)} ${'n'.padStart(5)} ${HEADS.map((head) => head.padStart(8)).join(' ')}`;

const rowOf = (name: string, { count, whole, whole99, own, own99, cpu, hasFailed }: LatencyFigures): string => {
  const cells = [whole, whole99, own, own99, cpu].map((value) => fixed(value, 2, 8));
  return `${[name.padEnd(30), String(count).padStart(5), ...cells].join(' ')}${hasFailed ? ' SOME FAILED' : ''}\n`;
};

/** Milliseconds of authentications one after the other, ours and eapol_test's in turns. */
export const compareLatency = async (
  network: Network,
  errand: Errand,
  stamp: Stamp,
  plan: LatencyPlan,
): Promise<LatencyResult> => {
  const lives = livesOf(plan);
  const fresh = (): Sample => ({ passages: [], cpu: 0, authentications: 0, hasFailed: false });
  const samples = { ours: fresh(), theirs: fresh(), oursFirst: fresh(), theirsFirst: fresh() };
  const names = ['ours', 'theirs', 'oursFirst', 'theirsFirst'] as const;
  for (let round = 0; round < plan.rounds; round++)
    for (const name of names) await measure(lives[name], errand, stamp, samples[name]);
  const { ours, theirs, oursFirst, theirsFirst } = samples;
  const result: LatencyResult = {
    network,
    ours: figuresOf(ours),
    theirs: figuresOf(theirs),
    oursFirst: figuresOf(oursFirst),
    theirsFirst: figuresOf(theirsFirst),
  };
  process.stdout.write(`${HEAD}\n${names.map((name) => rowOf(lives[name].name, result[name])).join('')}`);
  const ratio = result.ours.whole / quickerOf(result).whole;
  process.stdout.write(`${network.name}: ${ratio.toFixed(2)} times eapol_test ${verdict(ratio, network.target)}\n`);
  return result;
};

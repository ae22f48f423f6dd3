import { quantile } from '../../../bench/onex/figures.js';
import type { AirConnection } from './AirStopwatch.js';
import type { SupplicantName } from './BenchNetwork.js';
import type { KernelConnection } from './kernelConnections.js';

/** A run of a kind, e.g. a cold one: when it began and when a ping was first answered, in seconds. */
export interface BenchRun {
  readonly name: string;
  readonly began: number;
  readonly answered?: number;
}

/** What is measured of a connection, in microseconds. */
export type Measure = 'message2' | 'message4' | 'whole' | 'key' | 'opened' | 'answered';

export interface Figures {
  readonly runs: number;
  /** In how many of them traffic passed. */
  readonly connected: number;
  /** How often SAE was done in full, rather than a key used that was kept. */
  readonly fullSae: number;
  readonly measures: Readonly<Partial<Record<Measure, ReadonlyArray<number>>>>;
}

/** What one supplicant did at one network. */
export interface BenchResult {
  readonly network: string;
  readonly supplicant: SupplicantName;
  /** In words; an empty one where figures say it all. */
  readonly outcome: string;
  readonly cold?: Figures;
  readonly warm?: Figures;
  /** Of keys exchanged anew: from each packet to its answer. */
  readonly answers?: ReadonlyArray<number>;
}

const RUN = /^(.+?) ([\d.]+) ?([\d.]*)$/;
const MICROSECONDS = 1e6;

export const runsIn = (text: string): ReadonlyArray<BenchRun> =>
  text.split('\n').flatMap((line) => {
    const [, name, began, answered] = RUN.exec(line) ?? [];
    if (name === undefined || began === undefined) return [];
    return [{ name, began: Number(began), ...(answered && { answered: Number(answered) }) }];
  });

/** The connection that came of a run: the last one that began between it and the next run. */
const connectionOf = (
  runs: ReadonlyArray<BenchRun>,
  index: number,
  connections: ReadonlyArray<AirConnection>,
): AirConnection | undefined => {
  const from = (runs[index]?.began ?? 0) * MICROSECONDS;
  const to = (runs[index + 1]?.began ?? Number.POSITIVE_INFINITY) * MICROSECONDS;
  return connections.findLast(({ began }) => began >= from && began < to);
};

/** The figures of the runs whose name begins with a word, as the air, the kernel and ping tell them. */
export const figuresOf = (
  kind: string,
  runs: ReadonlyArray<BenchRun>,
  connections: ReadonlyArray<AirConnection>,
  kernel: ReadonlyMap<string, KernelConnection>,
): Figures => {
  const of = runs.flatMap((run, index) =>
    run.name.startsWith(kind) ? [{ run, air: connectionOf(runs, index, connections), calls: kernel.get(run.name) }] : [],
  );
  const told = of.filter(({ run }) => run.answered !== undefined);
  const listOf = (value: (one: (typeof of)[number]) => number | undefined): ReadonlyArray<number> =>
    told.flatMap((one) => value(one) ?? []);
  return {
    runs: of.length,
    connected: told.length,
    fullSae: told.filter(({ air }) => air?.usesSae).length,
    measures: {
      message2: listOf(({ air }) => air?.message2),
      message4: listOf(({ air }) => air?.message4),
      whole: listOf(({ air }) => air?.whole ?? air?.associated),
      key: listOf(({ calls }) => calls?.key),
      opened: listOf(({ calls }) => calls?.opened),
      answered: listOf(({ run }) => run.answered && (run.answered - run.began) * MICROSECONDS),
    },
  };
};

/** Median and 99th percentile; of fewer than a hundred values that is the largest. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
}

export const spreadOf = (values: ReadonlyArray<number> | undefined): Spread | undefined =>
  values === undefined || values.length === 0 ? undefined : { median: quantile(values, 0.5), p99: quantile(values, 0.99) };

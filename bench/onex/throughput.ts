import { setTimeout } from 'node:timers/promises';
import { fixed, median } from './figures.js';
import { type Errand, eapolTest, postassoc } from './peers.js';
import { runProgram } from './runProgram.js';

export interface ThroughputPlan {
  readonly rounds: number;
  readonly concurrencies: ReadonlyArray<number>;
  /** Authentications of a round: of these, and of so many for each that runs at the same time. */
  readonly least: number;
  readonly each: number;
}

interface Rate {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly hasFailed: boolean;
}

interface Way {
  readonly name: string;
  /** The command that authenticates so often; so many at once. */
  readonly command: (errand: Errand, count: number, concurrency: number) => ReadonlyArray<string>;
}

/** xargs takes less of the processor to keep so many processes running than we would; its lines are eapol_test's patience in seconds. */
const inParallel = (command: ReadonlyArray<string>, count: number, concurrency: number): ReadonlyArray<string> => [
  'sh',
  '-c',
  `yes 30 | head -n ${count} | xargs -P ${concurrency} -n 1 ${command.join(' ')} -t`,
];

const WAYS: ReadonlyArray<Way> = [
  { name: 'postassoc, one process', command: postassoc.command },
  {
    name: 'eapol_test, a process each',
    command: (errand, count, concurrency) => inParallel(eapolTest.command(errand, 1), count, concurrency),
  },
  {
    name: 'eapol_test -r',
    command: (errand, count, concurrency) =>
      inParallel(eapolTest.command(errand, Math.round(count / concurrency)), concurrency, concurrency),
  },
];

/** hostapd has room for 1000 sessions, and keeps one for five seconds after its end: a run finds none of the one before. */
const PAUSE_MS = 6_000;

const measure = async ({ command }: Way, errand: Errand, count: number, concurrency: number): Promise<Rate> => {
  await setTimeout(PAUSE_MS);
  const { status, wall, cpu } = await runProgram(command(errand, count, concurrency));
  return { perSecond: count / wall, cpuMs: (1000 * cpu) / count, hasFailed: status !== 0 };
};

const rateRow = (name: string, own: ReadonlyArray<Rate>, ours: number | undefined): string => {
  const rate = median(own.map(({ perSecond }) => perSecond));
  const cells = [
    name.padEnd(46),
    `${fixed(rate, 1, 8)} a second`,
    `${fixed(median(own.map(({ cpuMs }) => cpuMs)), 1, 7)} ms cpu`,
    ours === undefined ? '' : `${fixed(ours / rate, 2, 7)} times by ours`,
    own.some(({ hasFailed }) => hasFailed) ? 'SOME FAILED' : '',
  ];
  return `${cells.join(' ').trimEnd()}\n`;
};

/** Authentications a second, ours and eapol_test's in turns. */
export const compareThroughput = async (errand: Errand, plan: ThroughputPlan): Promise<void> => {
  for (const concurrency of plan.concurrencies) {
    const count = Math.max(plan.least, plan.each * concurrency);
    const rates = WAYS.map((): Rate[] => []);
    for (let round = 0; round < plan.rounds; round++)
      for (const [index, way] of WAYS.entries()) rates[index]?.push(await measure(way, errand, count, concurrency));
    const ours = median(rates[0]?.map(({ perSecond }) => perSecond) ?? []);
    for (const [index, { name }] of WAYS.entries())
      process.stdout.write(rateRow(`${concurrency} at once, ${name}`, rates[index] ?? [], index === 0 ? undefined : ours));
  }
};

import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { median } from '../median.js';
import { fixed } from './figures.js';
import type { Network } from './networks.js';
import { type Errand, eapolTest, postassoc } from './peers.js';
import type { Place } from './places.js';
import { runProgram } from './runProgram.js';
import type { Server } from './startServer.js';

export interface ThroughputPlan {
  readonly rounds: number;
  readonly concurrency: number;
  /** Authentications of a run. */
  readonly count: number;
}

interface Rate {
  readonly perSecond: number;
  /** Of the clients, by authentication. */
  readonly cpu: number;
  /** Of the server. */
  readonly serverCpu: number;
  /** What the processors allow if neither side ever waits. */
  readonly bound: number;
  /** How much of one processor the server took, of 1. Where it has one to itself and takes all of it, it is what the rate was bounded by. */
  readonly serverLoad: number;
  readonly hasFailed: boolean;
}

export interface ThroughputResult {
  readonly network: Network;
  readonly place: Place;
  readonly concurrency: number;
  readonly ours: Rate;
  readonly theirs: Rate;
}

type CommandOf = (errand: Errand, plan: ThroughputPlan) => ReadonlyArray<string>;

const ours: CommandOf = (errand, { count, concurrency }) => postassoc.command(errand, count, concurrency);

/** xargs takes less of the processor to keep so many processes running than we would; its lines are eapol_test's patience in seconds. */
const theirs: CommandOf = (errand, { count, concurrency }) => [
  'sh',
  '-c',
  `yes 30 | head -n ${count} | xargs -P ${concurrency} -n 1 ${eapolTest.command(errand, 1).join(' ')} -t`,
];

/** hostapd has room for 1000 sessions, and keeps one for five seconds after its end: a run finds none of the one before. */
const PAUSE_MS = 6_000;
const TICK_MS = 10;

/** What a process has used so far, all its threads (proc(5)). */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Of processors in common, each authentication takes what it takes both sides; apart, the slower side decides. */
const boundOf = ({ isApart, processors }: Place, own: number, server: number): number =>
  isApart ? 1000 / Math.max(own, server) : (1000 * processors) / (own + server);

const measure = async (command: ReadonlyArray<string>, server: Server, count: number, place: Place): Promise<Rate> => {
  place.moveServer(server.pid);
  await setTimeout(PAUSE_MS);
  const before = cpuOf(server.pid);
  const { status, wall, cpu } = await runProgram(place.clients(command));
  const serverMs = cpuOf(server.pid) - before;
  const [own, serverCpu] = [(1000 * cpu) / count, serverMs / count];
  return {
    perSecond: count / wall,
    cpu: own,
    serverCpu,
    bound: boundOf(place, own, serverCpu),
    serverLoad: serverMs / (1000 * wall),
    hasFailed: status !== 0,
  };
};

const summed = (rates: ReadonlyArray<Rate>): Rate => ({
  perSecond: median(rates.map(({ perSecond }) => perSecond)),
  cpu: median(rates.map(({ cpu }) => cpu)),
  serverCpu: median(rates.map(({ serverCpu }) => serverCpu)),
  bound: median(rates.map(({ bound }) => bound)),
  serverLoad: median(rates.map(({ serverLoad }) => serverLoad)),
  hasFailed: rates.some(({ hasFailed }) => hasFailed),
});

const FULL = 0.95;

const rowOf = (name: string, { perSecond, cpu, serverCpu, bound, serverLoad, hasFailed }: Rate, { isApart }: Place): string =>
  `${[
    `${name.padEnd(30)} ${fixed(perSecond, 1, 8)} a second ${fixed(cpu, 2, 8)} ms cpu ${fixed(serverCpu, 2, 8)} ms of the server`,
    `at most ${fixed(bound, 0, 4)} a second`,
    ...(isApart ? [`the server's processor ${(100 * serverLoad).toFixed(0)} %`] : []),
    ...(isApart && serverLoad >= FULL ? ['THE SERVER WAS THE BOUND'] : []),
    ...(hasFailed ? ['SOME FAILED'] : []),
  ].join(', ')}\n`;

/** Authentications a second, ours and eapol_test's in turns. */
export const compareThroughput = async (
  place: Place,
  network: Network,
  errand: Errand,
  server: Server,
  plan: ThroughputPlan,
): Promise<ThroughputResult> => {
  const [own, other]: [Rate[], Rate[]] = [[], []];
  for (let round = 0; round < plan.rounds; round++) {
    own.push(await measure(ours(errand, plan), server, plan.count, place));
    other.push(await measure(theirs(errand, plan), server, plan.count, place));
  }
  const result = { network, place, concurrency: plan.concurrency, ours: summed(own), theirs: summed(other) };
  process.stdout.write(rowOf('postassoc, one process', result.ours, place));
  process.stdout.write(rowOf('eapol_test, a process each', result.theirs, place));
  return result;
};

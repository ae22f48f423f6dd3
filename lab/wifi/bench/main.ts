import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Machine } from '../Machine.js';
import { NotHere } from '../NotHere.js';
import { prepareGuests } from '../prepareGuests.js';
import type { BenchNetwork } from './BenchNetwork.js';
import type { BenchResult } from './BenchResult.js';
import { benchTables } from './benchTables.js';
import { networks } from './networks.js';
import { playBench } from './playBench.js';
import { type Supplicant, supplicants } from './supplicants.js';

const SKIPPED = 77;
const USAGE = 2;
const TIMES = '10';
const HELP = `npm run bench:wifi -- [--cold N] [--warm N] [--guests N] [--supplicants NAME,…] [--networks NAME,…] [--json FILE]
networks: ${networks.map(({ name }) => name).join(', ')}
`;

interface Task {
  readonly supplicant: Supplicant;
  readonly network: BenchNetwork;
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

const fail = (text: string): never => {
  say(text);
  process.exit(USAGE);
};

const named = <A extends { readonly name: string }>(all: ReadonlyArray<A>, wanted: string | undefined): ReadonlyArray<A> => {
  const names = wanted?.split(',') ?? all.map(({ name }) => name);
  return names.map((name) => all.find((one) => one.name === name) ?? fail(`there is no "${name}"\n${HELP}`));
};

const count = (text: string): number => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fail(`"${text}" is no number of times\n${HELP}`);
};

const read = () => {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: {
        ...{ cold: { ...text, default: TIMES }, warm: { ...text, default: TIMES }, guests: { ...text, default: '1' } },
        ...{ supplicants: text, networks: text, json: text, help: { type: 'boolean', default: false } },
      },
    });
    return values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
  }
};

const values = read();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const rounds = { cold: count(values.cold), warm: count(values.warm) };
const tasks = named(networks, values.networks).flatMap((network) =>
  named(supplicants, values.supplicants).map((supplicant): Task => ({ supplicant, network })),
);

const play = async (machine: Machine, { supplicant, network }: Task): Promise<BenchResult> => {
  let result: BenchResult | undefined;
  const { said, folder } = await machine.attempt({
    name: `${network.name}.${supplicant.name}`,
    run: async (stage) => {
      result = await playBench(stage, supplicant, network, rounds);
      return '';
    },
  });
  say(
    `${network.name.padEnd(20)} ${supplicant.name.padEnd(15)} ${result === undefined ? `FAILED: ${said} (${folder})` : 'measured'}`,
  );
  return result ?? { network: network.name, supplicant: supplicant.name, outcome: 'not measured' };
};

/** What was measured so far is told each time: a comparison takes long, and may be broken off. */
const playAll = async (
  machines: ReadonlyArray<Machine>,
  tell: (results: ReadonlyArray<BenchResult>) => void,
): Promise<ReadonlyArray<BenchResult>> => {
  const waiting = [...tasks];
  const results: BenchResult[] = [];
  const placeOf = ({ network }: BenchResult): number => networks.findIndex(({ name }) => name === network);
  const sorted = (): ReadonlyArray<BenchResult> => results.toSorted((a, b) => placeOf(a) - placeOf(b));
  const work = async (machine: Machine): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await play(machine, next));
      tell(sorted());
    }
    await machine.close();
  };
  await Promise.all(machines.map(work));
  return sorted();
};

/** Compares `postassoc live wifi` with wpa_supplicant and iwd in a guest. */
const main = async (): Promise<number> => {
  const { options, folder } = await prepareGuests(say);
  const machines = Array.from({ length: count(values.guests) }, (_, i) => new Machine(options, folder, `guest${'abcdefgh'[i]}`));
  const file = values.json ?? join(folder, 'results.json');
  const results = await playAll(machines, (some) =>
    writeFileSync(file, `${JSON.stringify({ rounds, results: some }, undefined, 1)}\n`),
  );
  rmSync(options.packages);
  process.stdout.write(benchTables(results));
  say(`logs, traces and captures are in ${folder}`);
  return results.every(({ outcome }) => outcome !== 'not measured') ? 0 : 1;
};

try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof NotHere)) throw error;
  process.stdout.write(`the comparison is skipped: ${error.message}\n`);
  process.exit(SKIPPED);
}

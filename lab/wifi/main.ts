import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Machine } from './Machine.js';
import { NotHere } from './NotHere.js';
import { playAll } from './playAll.js';
import { type PreparedGuests, prepareGuests } from './prepareGuests.js';
import { resultLine, summary } from './resultWords.js';
import type { Scenario } from './Scenario.js';
import { scenarios } from './scenarios.js';

const SKIPPED = 77;
const USAGE = 2;
/** A guest takes one processor. */
const MOST_GUESTS = 2;
/** To boot another guest for fewer would take longer than it saves. */
const WORTH_A_GUEST = 4;
/** Of what is tried with every change. */
const MOST_MINUTES = 25;
const ALL = '--all';

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

const skip = (reason: string): never => {
  process.stdout.write(`the lab of Wi-Fi is skipped: ${reason}\n`);
  process.exit(SKIPPED);
};

const prepared = async (): Promise<PreparedGuests> => {
  try {
    return await prepareGuests(say);
  } catch (error) {
    if (error instanceof NotHere) return skip(error.message);
    throw error;
  }
};

const chosenOf = (words: ReadonlyArray<string>): ReadonlyArray<Scenario> => {
  const names = words.filter((word) => word !== ALL);
  const unknown = names.find((name) => scenarios.every((scenario) => scenario.name !== name));
  if (unknown !== undefined) {
    say(`there is no scenario "${unknown}"; ${ALL} are ${scenarios.map(({ name }) => name).join(', ')}`);
    process.exit(USAGE);
  }
  if (names.length > 0) return scenarios.filter(({ name }) => names.includes(name));
  return words.includes(ALL) ? scenarios : scenarios.filter(({ isCore }) => isCore);
};

/** Runs the scenarios that are named, or the core of them, or all, against hostapd in guests of its own. */
const main = async (words: ReadonlyArray<string>): Promise<number> => {
  const began = Date.now();
  const chosen = chosenOf(words);
  const { options, folder } = await prepared();
  const count = Math.max(1, Math.min(MOST_GUESTS, availableParallelism(), Math.floor(chosen.length / WORTH_A_GUEST)));
  const machines = Array.from({ length: count }, (_, i) => new Machine(options, folder, `guest${'ab'[i]}`));
  const until = words.length === 0 ? began + MOST_MINUTES * 60_000 : Number.POSITIVE_INFINITY;
  const results = await playAll(chosen, machines, until, (result) => process.stdout.write(resultLine(result)));
  rmSync(options.packages);
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  process.stdout.write(`${summary(results, (Date.now() - began) / 1000)}logs and captures are in ${folder}\n`);
  return results.every(({ isGood }) => isGood) ? 0 : 1;
};

process.exit(await main(process.argv.slice(2)));

import type { BrokenLines } from '../../event-log/index.js';
import type { Io } from '../Io.js';
import { harmless } from './showEntry.js';

const show = (name: string, n: number, problem: string): string => `postassoc: ${name}:${n}: ${harmless(problem)}\n`;

/** Tells of the line that has just been found broken, unless enough have been told of. */
export const reportBroken = (io: Io, name: string, { first, count }: BrokenLines): void => {
  const last = first.at(-1);
  if (last !== undefined && count === first.length) io.err(show(name, last.n, last.problem));
};

/** Tells how many more there were. */
export const reportMoreBroken = (io: Io, name: string, { first, count }: Pick<BrokenLines, 'count' | 'first'>): void => {
  if (count > first.length) io.err(`postassoc: ${name}: ${count - first.length} more lines could not be read\n`);
};

/** Tells that whoever made it made something else. */
export const reportNoLog = (io: Io, name: string): void => {
  io.err(`postassoc: ${name}: no line of it is of an event log; postassoc explain reads captures, and logs of others\n`);
};

/** Tells of all at once. */
export const reportAllBroken = (io: Io, name: string, broken: Pick<BrokenLines, 'count' | 'first'>): void => {
  for (const { n, problem } of broken.first) io.err(show(name, n, problem));
  reportMoreBroken(io, name, broken);
};

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { right } from 'fp-ts/lib/Either.js';
import type { Io } from '../../../adapters/cli/Io.js';
import { run } from '../../../adapters/cli/run.js';
import { bytesOf, openBytes } from '../../../adapters/event-log/index.js';

export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings extends Partial<Pick<Io, 'isTerminal' | 'isErrTerminal' | 'now'>> {
  /** What standard input holds. */
  readonly input?: Uint8Array;
  /** After how many writes nobody reads any more. */
  readonly closesAfter?: number;
}

/** Runs a command line over files as they are. */
export const runOnFiles = async (argv: ReadonlyArray<string>, surroundings: Surroundings = {}): Promise<Said> => {
  const { input = new Uint8Array(0), closesAfter = Number.POSITIVE_INFINITY, ...given } = surroundings;
  const [out, err]: [string[], string[]] = [[], []];
  const status = await run(argv, {
    out: (text) => out.push(text) < closesAfter,
    err: (text) => err.push(text),
    open: (path) => (path === '-' ? right(bytesOf(input)) : openBytes(path)),
    env: {},
    cwd: process.cwd(),
    isTerminal: false,
    isErrTerminal: false,
    now: () => 0,
    ...given,
  });
  return { status, out: out.join(''), err: err.join('') };
};

/** One of the captures that come with the project. */
export const captureOf = (name: string): string => fileURLToPath(new URL(`../../../examples/captures/${name}`, import.meta.url));

export const bytesOfCapture = (name: string): Uint8Array => new Uint8Array(readFileSync(captureOf(name)));

export const LAB_KEYS = captureOf('lab.keys');

import { left, right } from 'fp-ts/lib/Either.js';
import type { Io } from '../../../adapters/cli/Io.js';
import { run } from '../../../adapters/cli/run.js';
import { bytesOf } from '../../../adapters/event-log/index.js';
import { bytesOfText } from '../event-log/logText.js';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** How often more of the log was asked for. */
  readonly reads: number;
}

export interface TestIoOptions extends Partial<Pick<Io, 'env' | 'isTerminal'>> {
  /** After how many writes nobody reads any more. */
  readonly closesAfter?: number;
}

/** Runs a command line over one log that is in memory, under the name `run.ndjson` and as standard input. */
export const runOver = async (
  log: string,
  argv: ReadonlyArray<string>,
  { env = {}, isTerminal = false, closesAfter = Number.POSITIVE_INFINITY }: TestIoOptions = {},
): Promise<Outcome> => {
  const out: string[] = [];
  const err: string[] = [];
  let reads = 0;
  const source = bytesOf(bytesOfText(log));
  const io: Io = {
    out: (text) => out.push(text) < closesAfter,
    err: (text) => err.push(text),
    open: (path) =>
      path === 'run.ndjson' || path === '-'
        ? right({
            ...source,
            read: (into) => {
              reads++;
              return source.read(into);
            },
          })
        : left(`cannot read ${path}: there is no such file`),
    env,
    isTerminal,
    isErrTerminal: false,
    now: () => 0,
    cwd: import.meta.dirname,
  };
  const status = await run(argv, io);
  return { status, out: out.join(''), err: err.join(''), reads };
};

export const textOfLines = (lines: ReadonlyArray<string>): string => lines.map((line) => `${line}\n`).join('');

import type { Io } from '../../adapters/cli/Io.js';
import { run } from '../../adapters/cli/run.js';
import { openBytes } from '../../adapters/event-log/ByteSource.js';

/** What a command came to. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `postassoc` in this process: after every scenario there are several. */
export const commandHere = async (...argv: ReadonlyArray<string>): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => out.push(text) > 0,
    err: (text) => err.push(text),
    open: openBytes,
    env: {},
    isTerminal: false,
    isErrTerminal: false,
    now: () => performance.now(),
    cwd: process.cwd(),
  };
  const status = await run(argv, io);
  return { status, out: out.join(''), err: err.join('') };
};

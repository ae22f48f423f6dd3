import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Secret } from '../../streams/events/index.js';

/** Where a profile's files and secrets come from. */
export interface ProfileIo {
  readFile(path: string): Promise<Uint8Array>;
  environment(variable: string): string | undefined;
  /** What a program writes to its standard output. No shell comes between. */
  run(program: string, args: ReadonlyArray<string>): Promise<Uint8Array>;
  /** Asks a person; without it there is nobody to ask. */
  readonly ask?: (question: string) => Promise<Secret | undefined>;
}

const MAX_OCTETS = 1_000_000;

const executed = promisify(execFile);

const run = async (program: string, args: ReadonlyArray<string>): Promise<Uint8Array> => {
  const running = executed(program, [...args], { encoding: 'buffer', maxBuffer: MAX_OCTETS, windowsHide: true });
  // There is nothing for it to read.
  running.child.stdin?.end();
  return (await running).stdout;
};

/** The files, the environment and the programs of this machine. */
export const nodeProfileIo = (ask?: ProfileIo['ask']): ProfileIo => ({
  readFile: (path) => readFile(path),
  environment: (variable) => process.env[variable],
  run,
  ...(ask && { ask }),
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dropNamespace, freshNamespaceName, processesIn } from './leftovers.js';
import { type Outcome, type Running, start } from './start.js';

const execute = promisify(execFile);

export const ip = async (...args: ReadonlyArray<string>): Promise<string> => (await execute('ip', args)).stdout;

/** A network namespace of our own: what runs in it meets nobody else. */
export interface Netns {
  readonly name: string;
  readonly start: (command: ReadonlyArray<string>, env?: NodeJS.ProcessEnv) => Running;
  readonly run: (command: ReadonlyArray<string>, env?: NodeJS.ProcessEnv) => Promise<Outcome>;
  /** `ip`, in there. */
  readonly ip: (...args: ReadonlyArray<string>) => Promise<string>;
  readonly processes: () => ReadonlyArray<number>;
  /** Ends what still runs in it, and takes it away. */
  readonly close: () => Promise<void>;
}

export const openNetns = async (): Promise<Netns> => {
  const name = freshNamespaceName();
  await ip('netns', 'add', name);
  await ip('-n', name, 'link', 'set', 'lo', 'up');
  const started: Running[] = [];
  const startIn: Netns['start'] = (command, env) => {
    const running = start(['ip', 'netns', 'exec', name, ...command], env);
    started.push(running);
    return running;
  };
  return {
    name,
    start: startIn,
    run: (command, env) => startIn(command, env).ended,
    ip: (...args) => ip('-n', name, ...args),
    processes: () => processesIn(name),
    close: async () => {
      dropNamespace(name);
      await Promise.all(started.map(({ ended }) => ended));
    },
  };
};

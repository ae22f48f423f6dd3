import { spawnSync } from 'node:child_process';

export interface MustOptions {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
}

const ROOM = 2 ** 28;

/** Runs a program to its end, and answers with what it wrote; a program that fails is the end of the lab. */
export const must = (program: string, args: ReadonlyArray<string>, { cwd, input, env }: MustOptions = {}): Buffer => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...(cwd !== undefined && { cwd }),
    ...(input !== undefined && { input }),
    env: { ...process.env, ...env },
    maxBuffer: ROOM,
  });
  if (status !== 0) {
    const said = error?.message ?? `${stdout.toString().slice(-2_000)}${stderr.toString().slice(-2_000)}`;
    throw new Error(`${program} ${args.join(' ')}: ${said}`);
  }
  return stdout;
};

import { spawn } from 'node:child_process';

/** What a program cost, in seconds. */
export interface Cost {
  readonly status: number;
  readonly wall: number;
  readonly cpu: number;
  /** The end of what it said of errors. */
  readonly said: string;
}

const KEPT = 4_000;

/** Runs a program under time(1), what it writes thrown away: eapol_test writes a great deal. */
export const runProgram = (command: ReadonlyArray<string>): Promise<Cost> =>
  new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/time', ['-q', '-f', '\n%e %U %S', ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-KEPT);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] =
        said.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
      resolve({ status: code ?? -1, wall, cpu: user + system, said });
    });
  });

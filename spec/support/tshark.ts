import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (args: ReadonlyArray<string>): string => {
  const { stdout, stderr, status, error } = spawnSync('tshark', [...args], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

const isThere = (): boolean => spawnSync('tshark', ['--version']).status === 0;

/** An analyser that others wrote; a test that wants it skips where it is not installed. */
export const hasTshark = isThere();

/** What tshark says of a capture: one line a frame. */
export const tshark = (file: Uint8Array, args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'postassoc-'));
  try {
    const path = join(folder, 'capture');
    writeFileSync(path, file);
    return run(['-r', path, ...args])
      .split('\n')
      .slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

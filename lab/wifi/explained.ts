import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as t from 'io-ts';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const EXPLAIN = ['tsx', '-C', 'postassoc-source', 'adapters/cli/main.ts', 'explain'];
const Connection = t.type({ outcome: t.string });

/** What `postassoc explain` makes of a capture of the air: the outcome of each connection. */
export const explained = (capture: string, key: string): ReadonlyArray<string> => {
  const { stdout } = spawnSync('npx', [...EXPLAIN, capture, '--key', key, '--json'], { cwd: PROJECT, encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const read = Connection.decode(line.startsWith('{') ? JSON.parse(line) : undefined);
    return read._tag === 'Right' ? [read.right.outcome] : [];
  });
};

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromHex, toHex } from '../../streams/events/index.js';

/** One input a line, in hex: a small file that shows in a diff what came and went. */
const pathOf = (folder: string, name: string): string => join(folder, `${name}.hex`);

export const readCorpus = (folder: string, name: string): ReadonlyArray<Uint8Array> => {
  const path = pathOf(folder, name);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => fromHex(line.trim()) ?? [])
    .filter(({ length }) => length > 0);
};

const bySize = (a: Uint8Array, b: Uint8Array): number => a.length - b.length;

export const writeCorpus = (folder: string, name: string, inputs: ReadonlyArray<Uint8Array>): void => {
  if (inputs.length === 0) return;
  const path = pathOf(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${[...inputs].sort(bySize).map(toHex).join('\n')}\n`);
};

/** What is left of a corpus when whatever reaches nothing more than smaller inputs is taken out. */
export const essential = (
  inputs: ReadonlyArray<Uint8Array>,
  reachesMore: (input: Uint8Array) => boolean,
): ReadonlyArray<Uint8Array> => [...inputs].sort(bySize).filter(reachesMore);

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../streams/events/index.js';
import type { Failure } from './Fuzzer.js';
import type { Branch } from './instrument.js';
import type { Report } from './order.js';

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

const reachedIn = ({ progress }: Report): ReadonlySet<number> => new Set(progress.flatMap(({ branches }) => branches));

export const shownProgress = (report: Report, branches: ReadonlyArray<Branch>, elapsed: number): string => {
  const executions = report.progress.reduce((sum, one) => sum + one.executions, 0);
  const reached = reachedIn(report).size;
  const each = report.progress.map(({ target, executions: own, kept }) => `${target} ${own} (${kept} kept)`);
  return [
    `${Math.round(elapsed / 1000)} s: ${executions} executions, ${Math.round((1000 * executions) / Math.max(1, elapsed))}/s`,
    `${reached}/${branches.length} branches (${percent(reached, branches.length)})`,
    `${Math.round(report.heap / 1e6)} MB beside the corpus`,
    each.join(', '),
  ].join('; ');
};

/** The coverage of each folder; with a word, the branches that were not reached in the files that have it in their path. */
export const shownCoverage = (report: Report, branches: ReadonlyArray<Branch>, word: string | undefined): string => {
  const reached = reachedIn(report);
  const folders = new Map<string, { hit: number; all: number }>();
  for (const [index, { file }] of branches.entries()) {
    const folder = file.replace(/\/[^/]+$/, '');
    const { hit, all } = folders.get(folder) ?? { hit: 0, all: 0 };
    folders.set(folder, { hit: hit + (reached.has(index) ? 1 : 0), all: all + 1 });
  }
  const lines = [...folders].map(
    ([folder, { hit, all }]) => `  ${folder.padEnd(32)} ${hit}/${all} branches (${percent(hit, all)})`,
  );
  const missed = [...branches.entries()]
    .filter(([index, { file }]) => word !== undefined && file.includes(word) && !reached.has(index))
    .map(([, { file, code }]) => `  not reached: ${file}: ${code}`);
  return [...lines, ...missed].join('\n');
};

/** A file with all that is needed to see it again; its path and what it says. */
export const writeFinding = (folder: string, { target, input, original, detail }: Failure, seed: number): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target}-${toHex(input).slice(0, 24)}-${input.length}.txt`);
  const text = [
    `target ${target}`,
    `seed ${seed}`,
    `input ${toHex(input)}`,
    `before it was minimised ${toHex(original)}`,
    detail,
    '',
  ];
  writeFileSync(path, text.join('\n'));
  return `${path}\n${text.join('\n')}`;
};

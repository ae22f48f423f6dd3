/**
 * Applies the faults of mutantList.ts one at a time to a copy of the tree and runs the specs that must notice.
 * Fails when a fault goes unnoticed, when its text no longer occurs exactly once, or when the specs fail without it.
 * Arguments choose mutants by a part of their names.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutants } from './mutantList.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const left = new Set(['node_modules', 'dist', '.git', 'coverage']);

/** Far beyond what any spec needs: it only ends a fault that made a loop endless. */
const PATIENCE = 600_000;

type Outcome = 'passed' | 'failed' | 'broken';

interface Run {
  readonly outcome: Outcome;
  /** The first failing test, or why the run is no verdict. */
  readonly detail: string;
}

interface Report {
  readonly stats: { readonly tests: number; readonly failures: number };
  readonly failures: ReadonlyArray<{ readonly fullTitle: string }>;
}

const errorIn = (text: string): string => /^.*Error.*$/m.exec(text)?.[0].trim() ?? text.trim();

const runSpecs = (tree: string, specs: ReadonlyArray<string>): Run => {
  const output = join(tree, 'mutant-report.json');
  rmSync(output, { force: true });
  const mocha = [
    'node_modules/mocha/bin/mocha.js',
    '--no-config',
    '--import=tsx',
    '--conditions=postassoc-source',
    '--forbid-only',
    '--timeout=120000',
  ];
  const reporter = ['--bail', '--reporter', 'json', '--reporter-option', `output=${output}`];
  const run = spawnSync(process.execPath, [...mocha, ...reporter, ...specs], { cwd: tree, encoding: 'utf8', timeout: PATIENCE });
  if (!existsSync(output)) return { outcome: 'broken', detail: run.error?.message ?? errorIn(run.stderr) };
  const { stats, failures } = JSON.parse(readFileSync(output, 'utf8')) as Report;
  if (stats.tests === 0) return { outcome: 'broken', detail: 'no test ran' };
  const [failure] = failures;
  return failure === undefined ? { outcome: 'passed', detail: '' } : { outcome: 'failed', detail: failure.fullTitle };
};

const copyTree = (): string => {
  const tree = mkdtempSync(join(tmpdir(), 'mutants-'));
  cpSync(root, tree, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
};

interface Verdict {
  readonly name: string;
  readonly verdict: 'killed' | 'SURVIVED' | 'STALE' | 'BROKEN';
  readonly detail: string;
}

const VERDICTS = { passed: 'SURVIVED', failed: 'killed', broken: 'BROKEN' } as const;

const judge = (tree: string, { name, file, find, replace, specs }: Mutant): Verdict => {
  const path = join(tree, file);
  const original = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const occurrences = original.split(find).length - 1;
  if (occurrences !== 1) return { name, verdict: 'STALE', detail: `${file}: the text occurs ${occurrences} times` };
  writeFileSync(
    path,
    original.replace(find, () => replace),
  );
  const { outcome, detail } = runSpecs(tree, specs);
  writeFileSync(path, original);
  return { name, verdict: VERDICTS[outcome], detail: outcome === 'passed' ? specs.join(' ') : detail };
};

/** Specs that fail by themselves would kill anything. */
const checkBaseline = (tree: string, chosen: ReadonlyArray<Mutant>): ReadonlyArray<string> => {
  const specs = [...new Set(chosen.flatMap((mutant) => mutant.specs))];
  const missing = specs.filter((spec) => !/[*{]/.test(spec) && !existsSync(join(tree, spec)));
  if (missing.length > 0) return missing.map((spec) => `${spec} does not exist`);
  const { outcome, detail } = runSpecs(tree, specs);
  return outcome === 'passed' ? [] : [`the specs do not pass without any mutant: ${detail}`];
};

const main = (): void => {
  const words = process.argv.slice(2);
  const chosen = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const tree = copyTree();
  try {
    const faults = checkBaseline(tree, chosen);
    for (const fault of faults) console.error(fault);
    const verdicts = faults.length > 0 ? [] : chosen.map((mutant) => judge(tree, mutant));
    for (const { name, verdict, detail } of verdicts) console.log(`${verdict.padEnd(8)}  ${name}\n          ${detail}`);
    const killed = verdicts.filter(({ verdict }) => verdict === 'killed').length;
    console.log(`${chosen.length} mutants: ${killed} killed, ${verdicts.length - killed} not`);
    if (chosen.length === 0 || killed < chosen.length) process.exitCode = 1;
  } finally {
    rmSync(tree, { recursive: true });
  }
};

main();

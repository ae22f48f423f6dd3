/**
 * Writes docs/conformance.md: each rule of the contract, and the tests that hold it or why none can.
 * Fails when a rule has neither. With `--check` it writes nothing and fails when the committed table is out of date.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { idsOf, type Rule, rulesOf } from './contractRules.js';

const CONTRACT = process.env['CONTRACT'] ?? 'docs/contract/contract.md';
const EXCEPTIONS = 'docs/conformance-exceptions.json';
const TABLE = 'docs/conformance.md';

interface Test {
  readonly title: string;
  readonly file: string;
}

interface MochaReport {
  readonly tests: ReadonlyArray<Test>;
  readonly pending: ReadonlyArray<Test>;
}

/** All tests by name, without running them; those that are skipped hold nothing. */
const collectTests = (): ReadonlyArray<Test> => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const output = join(folder, 'tests.json');
  const args = ['mocha', '--dry-run', '--reporter', 'json', '--reporter-option', `output=${output}`, 'spec/**/*.spec.ts'];
  const run = spawnSync('npx', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  try {
    if (!existsSync(output)) throw new Error(`mocha did not list its tests:\n${run.stdout}${run.stderr}`);
    const { tests, pending } = JSON.parse(readFileSync(output, 'utf8')) as MochaReport;
    const skipped = new Set(pending.map(({ title, file }) => `${file} ${title}`));
    return tests
      .filter(({ title, file }) => !skipped.has(`${file} ${title}`))
      .map(({ title, file }) => ({ title, file: relative(process.cwd(), file).replaceAll('\\', '/') }));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const byFileAndTitle = (a: Test, b: Test): number =>
  a.file === b.file ? Number(a.title > b.title) - Number(a.title < b.title) : Number(a.file > b.file) - Number(a.file < b.file);

const testsByRule = (tests: ReadonlyArray<Test>): ReadonlyMap<string, ReadonlyArray<Test>> => {
  const held = new Map<string, Test[]>();
  for (const test of [...tests].sort(byFileAndTitle)) {
    for (const id of idsOf(test.title) ?? []) held.set(id, [...(held.get(id) ?? []), test]);
  }
  return held;
};

interface Evidence {
  readonly rules: ReadonlyArray<Rule>;
  readonly tests: ReadonlyArray<Test>;
  readonly held: ReadonlyMap<string, ReadonlyArray<Test>>;
  readonly exceptions: Readonly<Record<string, string>>;
}

const faultsOf = ({ rules, tests, held, exceptions }: Evidence): ReadonlyArray<string> => {
  const known = new Set(rules.map(({ id }) => id));
  const isExempt = (id: string): boolean => Object.hasOwn(exceptions, id);
  return [
    ...rules.filter(({ id }) => !held.has(id) && !isExempt(id)).map(({ id, says }) => `${id} has no test: ${says}`),
    ...Object.keys(exceptions).flatMap((id) => (known.has(id) ? [] : [`${EXCEPTIONS} names ${id}, which is no rule`])),
    ...Object.keys(exceptions).flatMap((id) => (held.has(id) ? [`${EXCEPTIONS} exempts ${id}, which has a test`] : [])),
    ...[...held.keys()].flatMap((id) => (known.has(id) ? [] : [`a test names ${id}, which is no rule`])),
    ...tests.flatMap(({ title, file }) => (idsOf(title) === undefined ? [`${file}: cannot read the rules of "${title}"`] : [])),
  ];
};

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_');

const linkTo = ({ title, file }: Test): string =>
  `[${cell(title.replace(/^[^:]+: /, '')).replace(/[[\]]/g, '\\$&')}](../${file})`;

const rowOf = ({ held, exceptions }: Evidence, { id, tag, level, says }: Rule): string => {
  const evidence = held.get(id)?.map(linkTo).join('<br>') ?? cell(`— ${exceptions[id] ?? 'nothing yet'}`);
  return `| ${id} | ${tag} | ${level} | ${cell(says)} | ${evidence} |`;
};

const tableOf = (evidence: Evidence): string => {
  const { rules, held, exceptions } = evidence;
  const heldRules = rules.filter(({ id }) => held.has(id)).length;
  const exempt = rules.filter(({ id }) => !held.has(id) && Object.hasOwn(exceptions, id)).length;
  return `# Conformance

<!-- Written by \`npm run conformance\`; do not edit. -->

**${rules.length} rules: ${heldRules} held by tests, ${exempt} exempt.**

The rules are those of [the contract](contract/contract.md): tag D is documented, X follows from what is documented, A is
this project's choice where the documents are silent, S is the behaviour of a published sample. A rule without a test says
why it has none.

| rule | tag | level | what it says | held by |
|---|---|---|---|---|
${rules.map((rule) => rowOf(evidence, rule)).join('\n')}
`;
};

const gather = (): Evidence => {
  const rules = rulesOf(readFileSync(CONTRACT, 'utf8'));
  if (rules.length === 0) throw new Error(`${CONTRACT} has no rules`);
  const tests = collectTests();
  const exceptions = existsSync(EXCEPTIONS) ? (JSON.parse(readFileSync(EXCEPTIONS, 'utf8')) as Record<string, string>) : {};
  return { rules, tests, held: testsByRule(tests), exceptions };
};

const main = (): void => {
  const evidence = gather();
  const table = tableOf(evidence);
  const faults = [...faultsOf(evidence)];
  if (process.argv.includes('--check')) {
    const committed = existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '';
    if (committed !== table) faults.push(`${TABLE} is not up to date: run npm run conformance`);
  } else {
    writeFileSync(TABLE, table);
  }
  for (const fault of faults) console.error(fault);
  console.log(/\*\*(.*)\*\*/.exec(table)?.[1]);
  if (faults.length > 0) process.exitCode = 1;
};

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

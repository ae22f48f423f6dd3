/** Type-checks pieces of TypeScript as a project of a stranger who has installed the package. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../house/sources.js';

const TSC = join(root, 'node_modules/typescript/bin/tsc');

/** A reader runs an example; nobody asks whether it uses all it declares. */
const config = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    rootDir: '/',
    noUnusedLocals: false,
    noUnusedParameters: false,
    verbatimModuleSyntax: false,
    isolatedModules: false,
    allowImportingTsExtensions: true,
  },
  include: ['*.ts'],
};

const install = (project: string): void => {
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  symlinkSync(root, join(modules, 'postassoc'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'reader', private: true, type: 'module' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
};

const ERROR = /^(?<file>[^\s(]+)\((?<line>\d+),\d+\): error (?<message>.*)$/gm;

/** The errors of all files in one run of the compiler, by file name; errors outside the files are under their own names. */
export const errorsOf = (files: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const project = mkdtempSync(join(tmpdir(), 'postassoc-reader-'));
  try {
    install(project);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
    const { stdout, stderr, status } = spawnSync(process.execPath, [TSC, '-p', '.', '--pretty', 'false'], {
      cwd: project,
      encoding: 'utf8',
    });
    const errors = new Map<string, string[]>();
    for (const { groups } of stdout.matchAll(ERROR)) {
      const { file = '', line = '', message = '' } = groups ?? {};
      errors.set(file, [...(errors.get(file) ?? []), `${line}: ${message}`]);
    }
    if (status !== 0 && errors.size === 0) throw new Error(`the compiler failed: ${stdout}${stderr}`);
    return errors;
  } finally {
    rmSync(project, { recursive: true });
  }
};

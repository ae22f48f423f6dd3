import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { writeDisk } from './guestImage.js';
import { must } from './must.js';

const GUEST_PROGRAMS = ['medium.ts', 'courier.ts', 'removeRadio.ts', 'floor.ts'];
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Hundreds of modules take an emulated machine a quarter of a minute to load, a few take it a second. */
const bundle = (project: string, cli: string): void => {
  const options = ['--bundle', '--splitting', '--format=esm', '--platform=node', '--target=node20', '--log-level=error'];
  const apart = [
    '--external:koffi',
    '--external:postassoc',
    '--external:postassoc/*',
    '--external:prom-client',
    `--banner:js=${REQUIRE}`,
    `--outdir=${cli}`,
    '--allow-overwrite',
  ];
  must(join(project, 'node_modules/.bin/esbuild'), [join(cli, 'main.js'), ...options, ...apart], {
    cwd: project,
    env: { NODE_PATH: join(project, 'node_modules') },
  });
};

/** What runs in the guest beside the package is made of its sources. */
const bundleGuestPrograms = (project: string, work: string): void => {
  const options = ['--bundle', '--format=esm', '--platform=node', '--target=node20', '--log-level=error'];
  const out = ['--external:koffi', '--conditions=postassoc-source', `--banner:js=${REQUIRE}`, `--outdir=${join(work, 'lab')}`];
  const programs = GUEST_PROGRAMS.map((name) => join(project, 'lab/wifi/guest', name));
  must(join(project, 'node_modules/.bin/esbuild'), [...programs, ...options, ...out, '--out-extension:.js=.mjs'], {
    cwd: project,
  });
};

const fill = (project: string, work: string): void => {
  must('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', join(work, 'dist')], { cwd: project });
  bundle(project, join(work, 'dist/adapters/cli'));
  bundleGuestPrograms(project, work);
  cpSync(join(project, 'package.json'), join(work, 'package.json'));
  const listed = must('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: project }).toString();
  for (const folder of listed.split('\n').filter((line) => line.startsWith(join(project, 'node_modules')))) {
    mkdirSync(join(work, 'node_modules'), { recursive: true });
    cpSync(folder, join(work, relative(project, folder)), { recursive: true });
  }
};

/** A disk with the package, compiled, and what it depends on; the tree it is made from stays as it is. */
export const packageDisk = (project: string, to: string): void => {
  const work = mkdtempSync(join(tmpdir(), 'postassoc-package-'));
  try {
    fill(project, work);
    writeDisk(work, to);
  } finally {
    rmSync(work, { recursive: true });
  }
};

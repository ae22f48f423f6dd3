/**
 * Bundles the program and those of its commands that are to start quickly, in place, in the folder that `tsc` compiled to:
 * `tsx tools/bundle.ts [DIST]`
 *
 * To find and read a thousand modules takes Node most of a second. Each command has its pieces in a folder of its own, beside the files
 * they are made of, so that a path relative to a module stays what it is. Packages are bundled as well, with their licences; what is
 * optional is not.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { constantsOf } from './constants.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(resolve(process.argv[2] ?? join(root, 'dist')), 'adapters/cli');

/** By folder. The program itself loads whatever command it is called for. */
const ENTRIES: Readonly<Record<string, ReadonlyArray<string>>> = {
  '.': ['main.js'],
  explain: ['run.js', 'worker.js'],
  radius: ['run.js', 'worker.js'],
  live: ['run.js'],
};

/** Packages in the older form of modules ask for Node's own by `require`. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * What comes in both forms is taken as modules. Of the older form each name is got anew, by a getter that all of them share, whenever it is
 * used, and V8 neither knows nor inlines what it gets.
 */
const AS_MODULES = { 'fp-ts/lib': 'fp-ts/es6' };

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const bundle = async (name: string, entries: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const folder = join(cli, name);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => join(folder, entry)),
    outdir: folder,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [join(cli, 'Command.js'), join(cli, 'commands/*'), 'koffi', 'postassoc', 'prom-client'],
    alias: AS_MODULES,
    mainFields: ['module', 'main'],
    nodePaths: [join(root, 'node_modules')],
    banner: { js: REQUIRE },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  for (const path of Object.keys(metafile.outputs)) {
    const file = join(root, path);
    writeFileSync(file, constantsOf(readFileSync(file, 'utf8')));
  }
  return Object.keys(metafile.inputs).flatMap((path) => PACKAGE.exec(path)?.[0] ?? []);
};

const licenceOf = (folder: string): string => {
  const name = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
  if (name === undefined || !existsSync(join(root, folder, name))) throw new Error(`${folder} has no licence to be handed on`);
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(join(root, folder, name), 'utf8').trim()}\n`;
};

const packages = new Set<string>();
for (const [name, entries] of Object.entries(ENTRIES)) for (const folder of await bundle(name, entries)) packages.add(folder);
writeFileSync(
  join(cli, 'LICENCES.txt'),
  [...packages]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`),
);
// npm makes a program executable when it links it, and not again when it is compiled anew.
chmodSync(join(cli, 'main.js'), 0o755);

/**
 * Tries the package as its users get it: packed, installed from the tarball into an empty project, run by plain Node.
 * Arguments are Node versions (`current`, `20`, `22`, `24`; all of them without any). A Node that cannot be had is skipped and
 * named; when nothing at all could be tried the exit code is 77.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(root, 'node_modules/.cache/postassoc-nodes');
const VERSIONS = ['current', '20', '22', '24'];
const ALL_SKIPPED = 77;
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

const run = (
  command: string,
  args: ReadonlyArray<string>,
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): SpawnSyncReturns<string> =>
  spawnSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });

const must = (command: string, args: ReadonlyArray<string>, cwd: string): string => {
  const { status, stdout, stderr, error } = run(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
};

/** An empty project with the packed package in it. */
const installPacked = (project: string): void => {
  must('npm', ['pack', '--pack-destination', project, ...QUIET], root);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  must('npm', ['install', '--prefer-offline', ...QUIET, `./${tarball}`], project);
  copyFileSync(join(root, 'tools/compiledProbe.mjs'), join(project, 'probe.mjs'));
};

/**
 * The executable of a Node version, or why there is none. The npm package `node` finds its binary in an install script; the
 * package it would fetch holds the binary itself, so that one is installed, without scripts.
 */
const nodeOf = (version: string): { readonly node: string } | { readonly none: string } => {
  if (version === 'current') return { node: process.execPath };
  const carrier = `node-${process.platform}-${process.arch}`;
  const folder = join(CACHE, version);
  const node = join(folder, 'node_modules', carrier, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    const install = run(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--ignore-scripts', ...QUIET, `${carrier}@${version}`],
      root,
    );
    if (install.status !== 0) return { none: `cannot install ${carrier}@${version}: ${install.stderr.trim().split('\n')[0]}` };
  }
  const shown = run(node, ['--version'], root);
  if (shown.status !== 0)
    return { none: `${carrier}@${version} does not run here: ${shown.error?.message ?? shown.stderr.trim()}` };
  return { node };
};

const CLI = 'node_modules/postassoc/dist/adapters/cli/main.js';

/** What else is bundled, as far as it comes without a server, an interface or root. */
const HELPS = ['radius', 'live'].map((command): ReadonlyArray<string> => [CLI, command, '--help']);

/** What is bundled: in one thread, in two, and with an engine of its own, whose log is then replayed. */
const explaining = (version: string): ReadonlyArray<ReadonlyArray<string>> => {
  const captures = join(root, 'examples/captures');
  if (!existsSync(captures)) return [];
  const explain = [CLI, 'explain', join(captures, 'wrong-passphrase.pcap'), '--keys', join(captures, 'lab.keys')];
  const events = `events-${version}.ndjson`;
  return [explain, [...explain, '--jobs', '2'], [...explain, '--events', events], [CLI, 'replay', events, '--method', 'rsn']];
};

/** What is run in the project: the probe, then the commands a newcomer types first. */
const triesIn = (project: string, version: string): ReadonlyArray<ReadonlyArray<string>> => {
  if (!existsSync(join(project, CLI))) return [['probe.mjs']];
  const logs = join(root, 'examples/logs');
  const log = existsSync(logs)
    ? readdirSync(logs)
        .sort()
        .find((name) => name.endsWith('.ndjson'))
    : undefined;
  const check = log === undefined ? [] : [[CLI, 'check', join(logs, log)]];
  return [['probe.mjs'], [CLI, '--help'], ...HELPS, [CLI, 'demo'], ...check, ...explaining(version)];
};

/** What the command keeps for its next time goes with the project. */
const cachesIn = (project: string): string => join(project, 'caches');

const environmentIn = (project: string): NodeJS.ProcessEnv => {
  const { NODE_COMPILE_CACHE: _elsewhere, NODE_DISABLE_COMPILE_CACHE: _nowhere, ...env } = process.env;
  return { ...env, XDG_CACHE_HOME: cachesIn(project) };
};

const tryOne = (node: string, args: ReadonlyArray<string>, project: string): boolean => {
  const { status, stdout, stderr } = run(node, args, project, environmentIn(project));
  const isGood = status === 0 && stdout.trim() !== '';
  console.log(`  ${isGood ? 'ok    ' : 'FAILED'} ${args.join(' ').replace(CLI, 'postassoc').replace(`${root}/`, '')}`);
  if (!isGood) console.log(`exit code ${status}\n${stdout}${stderr}`);
  return isGood;
};

/** From 22.1 on, Node can keep what it compiled of the command: then it has to be there. */
const hasKeptCompiled = (node: string, project: string): boolean => {
  const [version = '', isAble] = must(
    node,
    ['-p', "process.version + ' ' + ('enableCompileCache' in require('module'))"],
    project,
  )
    .trim()
    .split(' ');
  const folder = join(cachesIn(project), 'postassoc');
  const isKept = existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(version));
  const isGood = isKept === (isAble === 'true');
  console.log(`  ${isGood ? 'ok    ' : 'FAILED'} ${isKept ? 'what was compiled is kept' : 'nothing that was compiled is kept'}`);
  return isGood;
};

const tryUnder = (version: string, project: string): 'passed' | 'failed' | 'skipped' => {
  const found = nodeOf(version);
  if ('none' in found) {
    console.log(`node ${version}: skipped, ${found.none}`);
    return 'skipped';
  }
  console.log(`node ${version} (${must(found.node, ['--version'], root).trim()}):`);
  const results = triesIn(project, version).map((args) => tryOne(found.node, args, project));
  const isKept = !existsSync(join(project, CLI)) || hasKeptCompiled(found.node, project);
  return isKept && results.every(Boolean) ? 'passed' : 'failed';
};

const main = (): void => {
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
  const project = mkdtempSync(join(tmpdir(), 'postassoc-consumer-'));
  try {
    installPacked(project);
    if (!existsSync(join(project, CLI))) console.log('the package has no command line yet: its commands are not tried');
    const results = chosen.map((version) => tryUnder(version, project));
    if (results.includes('failed')) process.exitCode = 1;
    else if (!results.includes('passed')) process.exitCode = ALL_SKIPPED;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(project, { recursive: true });
  }
};

main();

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By which a run tells those that it starts who it is; all that is made carries this number. */
export const RUN_VARIABLE = 'POSTASSOC_LAB_RUN';
const PREFIX = 'postassoc-lab-';
const NUMBER = new RegExp(`^${PREFIX}(?<run>\\d+)`);

const thisRun = (): string => process.env[RUN_VARIABLE] ?? String(process.pid);

export const freshNamespaceName = (): string => `${PREFIX}${thisRun()}-${randomBytes(4).toString('hex')}`;

const folderOf = (run: string): string => join(tmpdir(), `${PREFIX}${run}`);

/** Where the run keeps the package it tries: others may build anew meanwhile. */
export const packageFolder = (run = thisRun()): string => join(folderOf(run), 'package');

/** A folder of the run, with a path that is short: names of sockets are at most 107 octets long. */
export const freshFolder = (): string => {
  const ofRun = folderOf(thisRun());
  mkdirSync(ofRun, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(ofRun, 's-'));
};

export const dropFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

const ip = (...args: ReadonlyArray<string>): string =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The processes in a namespace, by their numbers. */
export const processesIn = (namespace: string): ReadonlyArray<number> =>
  ip('netns', 'pids', namespace)
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
};

/** Takes a namespace away, and whatever runs in it. */
export const dropNamespace = (namespace: string): void => {
  for (const pid of processesIn(namespace)) kill(pid);
  ip('netns', 'del', namespace);
};

const ofRuns = (names: ReadonlyArray<string>, isWanted: (run: number) => boolean): ReadonlyArray<string> =>
  names.filter((name) => {
    const run = NUMBER.exec(name)?.groups?.['run'];
    return run !== undefined && isWanted(Number(run));
  });

const sweepRuns = (isWanted: (run: number) => boolean): ReadonlyArray<string> => {
  const present = ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  const namespaces = ofRuns(present, isWanted);
  const running = namespaces.flatMap((name) => processesIn(name).map((pid) => `process ${pid} in ${name}`));
  for (const name of namespaces) dropNamespace(name);
  const folders = ofRuns(readdirSync(tmpdir()), isWanted).map((name) => join(tmpdir(), name));
  const kept = folders
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path !== packageFolder());
  for (const folder of folders) dropFolder(folder);
  return [...namespaces, ...running, ...kept];
};

/** Removes what this run has left behind, and tells what that was. */
export const sweep = (): ReadonlyArray<string> => sweepRuns((run) => run === Number(thisRun()));

/** Removes what runs have left behind that were killed. */
export const sweepTheDead = (): ReadonlyArray<string> => sweepRuns((run) => !existsSync(`/proc/${run}`));

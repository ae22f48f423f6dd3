import { spawnSync } from 'node:child_process';
import type { Programs } from '../readiness.js';

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

const aptGet = (...args: ReadonlyArray<string>): boolean =>
  spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/** Installs what a guest takes. Answers with the reason why there can be none here, if there is one. */
export const missingPrograms = (programs: Programs): string | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `it needs Linux on amd64, and this is ${process.platform} ${process.arch}`;
  if (process.getuid?.() !== 0) return 'it needs root, to build its guest';
  if (!isThere('apt-get')) return 'it needs apt-get: its guest is built from packages of Debian';
  const packages = [...new Set(Object.entries(programs).flatMap(([program, name]) => (isThere(program) ? [] : [name])))];
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  if (packages.length === 0 || aptGet(...args) || (aptGet('update') && aptGet(...args))) return undefined;
  return `apt-get could not install ${packages.join(' ')}`;
};

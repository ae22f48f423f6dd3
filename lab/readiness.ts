import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const isThere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const quietly = (program: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

const install = (packages: ReadonlyArray<string>): boolean => {
  process.stderr.write(`installing ${packages.join(' ')}\n`);
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  return quietly('apt-get', ...args) || (quietly('apt-get', 'update') && quietly('apt-get', ...args));
};

/** Whether namespaces and their links can be made here: containers often forbid it. */
const canMakeNetworks = (): boolean => {
  const name = `postassoc-try-${process.pid}`;
  const isMade =
    quietly('ip', 'netns', 'add', name) &&
    quietly('ip', '-n', name, 'link', 'add', 'end0', 'type', 'veth', 'peer', 'name', 'end1');
  quietly('ip', 'netns', 'del', name);
  return isMade;
};

/** Programs, and the Debian package of each. */
export type Programs = Readonly<Record<string, string>>;

/** Installs the programs that are missing. Answers with the reason why they cannot be had, if there is one. */
export const whyMissing = (programs: Programs): string | undefined => {
  const missing = Object.entries(programs).filter(([program]) => !isThere(program));
  const packages = [...new Set(missing.map(([, name]) => name))];
  if (packages.length === 0) return undefined;
  if (!isThere('apt-get')) return `it needs ${packages.join(', ')}, and there is no apt-get to install them`;
  return install(packages) ? undefined : `apt-get could not install ${packages.join(' ')}`;
};

/** Installs what a lab needs. Answers with the reason why it cannot run here, if there is one. */
export const whyNotHere = (programs: Programs): string | undefined => {
  if (process.platform !== 'linux') return `it needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'it needs root: network namespaces, and packets of 802.1X';
  return whyMissing(programs) ?? (canMakeNetworks() ? undefined : 'network namespaces and veth links cannot be made here');
};

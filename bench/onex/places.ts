import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which processors the two sides of a measurement may use. */
export interface Place {
  readonly name: string;
  /** How many there are, those of both sides counted once. */
  readonly processors: number;
  readonly isApart: boolean;
  /** Moves a server that runs, with all its threads. */
  moveServer(pid: number): void;
  /** The command of the clients, and so of all that it starts. */
  clients(command: ReadonlyArray<string>): ReadonlyArray<string>;
}

/** Those we may use ourselves, which proc(5) writes as `0-3,6`. */
const allowed = (): ReadonlyArray<number> => {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });
};

const hasTaskset = (): boolean => {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const moveTo = (processors: ReadonlyArray<number>, pid: number): void => {
  execFileSync('taskset', ['-a', '-p', '-c', processors.join(','), String(pid)], { stdio: 'ignore' });
};

/**
 * Where to measure: with a server that has the processors in common with the clients, and with one elsewhere, as servers of RADIUS are: it
 * has a processor to itself, and the clients another. What cannot be is not among them, and `lacking` says why.
 */
export const places = (): { readonly places: ReadonlyArray<Place>; readonly lacking?: string } => {
  const all = allowed();
  const [first, second] = all;
  const mayMove = hasTaskset();
  const shared: Place = {
    name: 'shared',
    processors: all.length,
    isApart: false,
    moveServer: (pid) => (mayMove ? moveTo(all, pid) : undefined),
    clients: (command) => command,
  };
  if (first === undefined || second === undefined) return { places: [shared], lacking: 'there is one processor' };
  if (!mayMove) return { places: [shared], lacking: 'there is no taskset (of util-linux)' };
  const elsewhere: Place = {
    name: 'elsewhere',
    processors: 2,
    isApart: true,
    moveServer: (pid) => moveTo([second], pid),
    clients: (command) => ['taskset', '-c', `${first}`, ...command],
  };
  return { places: [shared, elsewhere] };
};

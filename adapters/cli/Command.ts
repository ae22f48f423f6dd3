import type { ParseArgsConfig } from 'node:util';
import type { Io } from './Io.js';

/** What a command is called with, after its name. */
export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | ReadonlyArray<string | boolean> | undefined>>;
  readonly positionals: ReadonlyArray<string>;
}

/** What a command does, once it is asked for. */
export interface Command {
  /** What follows the name, e.g. `LOG [--json]`. */
  readonly usage: string;
  /** The rest of its help: options, exit status, examples. */
  readonly details: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Does it, and answers with the exit status. */
  readonly run: (args: Arguments, io: Io) => number | Promise<number>;
}

/** A command that was called wrongly: one sentence for whoever did. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By its name: a command is loaded late, and a loader may give it a class of its own. */
export const isUsageError = (error: unknown): boolean => error instanceof Error && error.name === 'UsageError';

export const ExitStatus = { good: 0, bad: 1, unreadable: 2 } as const;

export const isSet = ({ values }: Arguments, option: string): boolean => values[option] === true;

export const textOf = ({ values }: Arguments, option: string): string | undefined => {
  const value = values[option];
  return typeof value === 'string' ? value : undefined;
};

export const textsOf = ({ values }: Arguments, option: string): ReadonlyArray<string> => {
  const value = values[option];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

/** How a log is called in what is said of it. */
export const nameOfLog = (log: string): string => (log === '-' ? 'standard input' : log);

/** The one log a command works on. */
export const logOfArguments = ({ positionals }: Arguments): string => {
  const [log, ...others] = positionals;
  if (log === undefined) throw new UsageError('it needs a log: the name of a file, or - for standard input');
  if (others.length > 0) throw new UsageError(`it takes one log, not ${positionals.length}`);
  return log;
};

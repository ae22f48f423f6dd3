import { availableParallelism } from 'node:os';
import { type MacAddress, macFromBytes } from '../../../streams/events/index.js';
import { type Arguments, isSet, textOf, textsOf, UsageError } from '../Command.js';

/** What is asked of `explain`, in plain values: the threads that share the work are given it as it is. */
export interface ExplainRequest {
  readonly files: ReadonlyArray<string>;
  readonly keyFiles: ReadonlyArray<string>;
  readonly keys: ReadonlyArray<string>;
  readonly station?: MacAddress;
  readonly ap?: MacAddress;
  readonly ssid?: string;
  /** Microseconds since 1970. */
  readonly since?: number;
  readonly showSecrets: boolean;
}

/** How the answers are given. */
export interface ReportRequest {
  readonly isJson: boolean;
  readonly annotate?: string;
  readonly events?: string;
  readonly jobs: number;
}

const ADDRESS = /^([0-9a-f]{2})[:-]?([0-9a-f]{2})[:-]?([0-9a-f]{2})[:-]?([0-9a-f]{2})[:-]?([0-9a-f]{2})[:-]?([0-9a-f]{2})$/i;

const addressOf = (args: Arguments, option: string): MacAddress | undefined => {
  const given = textOf(args, option);
  if (given === undefined) return undefined;
  const octets = ADDRESS.exec(given);
  if (octets === null) throw new UsageError(`--${option} is an address such as 02:00:00:00:01:00, not "${given}"`);
  return macFromBytes(Uint8Array.from(octets.slice(1), (octet) => Number.parseInt(octet, 16)));
};

const MICROSECONDS = 1e6;

const sinceOf = (args: Arguments): number | undefined => {
  const given = textOf(args, 'since');
  if (given === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Date.parse(given) / 1000;
  if (Number.isNaN(seconds))
    throw new UsageError(`--since is a time such as 2026-11-21T14:05:00Z, or seconds since 1970, not "${given}"`);
  return seconds * MICROSECONDS;
};

const MOST_JOBS = 64;

const jobsOf = (args: Arguments): number => {
  const given = textOf(args, 'jobs');
  if (given === undefined) return 1;
  if (given === 'auto') return Math.min(availableParallelism(), MOST_JOBS);
  const jobs = Number(given);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS)
    throw new UsageError(`--jobs is a number from 1 to ${MOST_JOBS}, or auto, not "${given}"`);
  return jobs;
};

export const explainRequest = (args: Arguments): ExplainRequest => {
  if (args.positionals.length === 0)
    throw new UsageError('it needs a capture or a log: the name of a file, or - for standard input');
  const [station, ap, ssid, since] = [addressOf(args, 'sta'), addressOf(args, 'bssid'), textOf(args, 'ssid'), sinceOf(args)];
  return {
    files: args.positionals,
    keyFiles: textsOf(args, 'keys'),
    keys: textsOf(args, 'key'),
    ...(station !== undefined && { station }),
    ...(ap !== undefined && { ap }),
    ...(ssid !== undefined && { ssid }),
    ...(since !== undefined && { since }),
    showSecrets: isSet(args, 'show-secrets'),
  };
};

/** Whether not every connection is asked for. */
export const isNarrowed = ({ station, ap, ssid, since }: ExplainRequest): boolean =>
  [station, ap, ssid, since].some((wish) => wish !== undefined);

const isStandardInput = (file: string): boolean => file === '-';

export const reportRequest = (args: Arguments): ReportRequest => {
  const [annotate, events, jobs] = [textOf(args, 'annotate'), textOf(args, 'events'), jobsOf(args)];
  const { positionals } = args;
  if (annotate !== undefined && positionals.length > 1) throw new UsageError('--annotate takes one capture at a time');
  if (annotate !== undefined && positionals.some(isStandardInput))
    throw new UsageError('--annotate reads the capture twice, so it has to be a file, not standard input');
  if (jobs > 1 && positionals.some(isStandardInput))
    throw new UsageError('with several jobs each reads the capture, so it has to be a file, not standard input');
  if (jobs > 1 && events !== undefined) throw new UsageError('--events writes one log, so it takes one job');
  return {
    isJson: isSet(args, 'json'),
    jobs,
    ...(annotate !== undefined && { annotate }),
    ...(events !== undefined && { events }),
  };
};

import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { namedAttribute, type RadiusAttribute } from '../../radius/index.js';
import { type Arguments, isSet, textOf, textsOf, UsageError } from '../Command.js';
import { type ServerPlace, serverPlace } from './serverPlace.js';

/** What `postassoc radius` was asked for. */
export interface RadiusRequest {
  readonly servers: ReadonlyArray<ServerPlace>;
  readonly secretFile?: string;
  readonly secretVariable?: string;
  readonly profileFile: string;
  readonly network?: string;
  readonly repeat: number;
  readonly concurrency: number;
  /** Among how many threads the authentications are divided. */
  readonly jobs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly radsec?: RadsecRequest;
  readonly isJson: boolean;
  readonly isVerbose: boolean;
  readonly showsSecrets: boolean;
  readonly nas: NasRequest;
}

/** Files, by name. */
export interface RadsecRequest {
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly serverName?: string;
}

export interface NasRequest {
  readonly identifier: string;
  readonly address?: string;
  readonly port: 'wireless' | 'ethernet';
  readonly callingStation: string;
  readonly calledStation?: string;
  readonly framedMtu: number;
  readonly attributes: ReadonlyArray<RadiusAttribute>;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

const wholeOf = (args: Arguments, option: string, { least, most, otherwise }: Bounds): number => {
  const text = textOf(args, option);
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${option} is a whole number from ${least} to ${most}, not "${text}"`);
};

const secondsOf = (args: Arguments, option: string, otherwise: number): number => {
  const text = textOf(args, option);
  if (text === undefined) return otherwise * 1000;
  const value = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value * 1000;
  throw new UsageError(`--${option} is a number of seconds above 0, not "${text}"`);
};

const attributesOf = (args: Arguments): ReadonlyArray<RadiusAttribute> =>
  textsOf(args, 'attribute').map((written) => {
    const read = namedAttribute(written);
    if (read._tag === 'Left') throw new UsageError(`--attribute: ${read.left}`);
    return read.right;
  });

const addressOf = (args: Arguments): string | undefined => {
  const address = textOf(args, 'nas-address');
  if (address === undefined || isIP(address) !== 0) return address;
  throw new UsageError(`--nas-address is an IPv4 or IPv6 address, not "${address}"`);
};

const optional = <K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: string });

const nasOf = (args: Arguments): NasRequest => ({
  identifier: textOf(args, 'nas-identifier') ?? 'postassoc',
  port: isSet(args, 'ethernet') ? 'ethernet' : 'wireless',
  callingStation: textOf(args, 'calling-station') ?? '02-00-00-00-00-01',
  framedMtu: wholeOf(args, 'framed-mtu', { least: 64, most: 65_535, otherwise: 1400 }),
  attributes: attributesOf(args),
  ...optional('address', addressOf(args)),
  ...optional('calledStation', textOf(args, 'called-station')),
});

const RADSEC_OPTIONS = ['radsec-ca', 'radsec-cert', 'radsec-key', 'radsec-name'] as const;

const radsecOf = (args: Arguments): RadsecRequest | undefined => {
  const stray = RADSEC_OPTIONS.find((option) => textOf(args, option) !== undefined);
  if (!isSet(args, 'radsec')) {
    if (stray !== undefined) throw new UsageError(`--${stray} needs --radsec`);
    return undefined;
  }
  const [certificate, key] = [textOf(args, 'radsec-cert'), textOf(args, 'radsec-key')];
  if ((certificate === undefined) !== (key === undefined)) throw new UsageError('--radsec-cert and --radsec-key belong together');
  return {
    ...optional('ca', textOf(args, 'radsec-ca')),
    ...optional('certificate', certificate),
    ...optional('key', key),
    ...optional('serverName', textOf(args, 'radsec-name')),
  };
};

const secretsOf = (args: Arguments, isRadsec: boolean): Pick<RadiusRequest, 'secretFile' | 'secretVariable'> => {
  const [file, variable] = [textOf(args, 'secret-file'), textOf(args, 'secret-env')];
  if (file !== undefined && variable !== undefined) throw new UsageError('give --secret-file or --secret-env, not both');
  if (file === undefined && variable === undefined && !isRadsec)
    throw new UsageError('it needs the shared secret: --secret-file FILE or --secret-env VARIABLE');
  return { ...optional('secretFile', file), ...optional('secretVariable', variable) };
};

const MOST_ATTEMPTS = 1_000_000;
const MOST_AT_ONCE = 10_000;
const MOST_JOBS = 64;
/** From so many authentications on, a thread is worth its start, and the time until its code is compiled. */
const WORTH_A_THREAD = 1000;

/** A thread without anything to do at the same time as the others is none. */
const jobsOf = (args: Arguments, repeat: number, concurrency: number): number => {
  const most = Math.min(repeat, concurrency, MOST_JOBS);
  const given = textOf(args, 'jobs') ?? 'auto';
  if (given === 'auto') return Math.max(1, Math.min(most, availableParallelism(), Math.floor(repeat / WORTH_A_THREAD)));
  const jobs = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (jobs >= 1 && jobs <= MOST_JOBS) return Math.min(jobs, most);
  throw new UsageError(`--jobs is a number from 1 to ${MOST_JOBS}, or auto, not "${given}"`);
};

/** Reads the options; whatever is wrong with them is one sentence. */
export const radiusRequest = (args: Arguments): RadiusRequest => {
  const [stray] = args.positionals;
  if (stray !== undefined) throw new UsageError(`it takes options only, not "${stray}"`);
  const radsec = radsecOf(args);
  const servers = textsOf(args, 'server').map((text) => serverPlace(text, radsec === undefined ? 1812 : 2083));
  if (servers.length === 0) throw new UsageError('it needs a server: --server HOST or --server HOST:PORT');
  const profileFile = textOf(args, 'profile');
  if (profileFile === undefined) throw new UsageError('it needs a profile: --profile FILE says who authenticates, and how');
  const repeat = wholeOf(args, 'repeat', { least: 1, most: MOST_ATTEMPTS, otherwise: 1 });
  const concurrency = wholeOf(args, 'concurrency', { least: 1, most: MOST_AT_ONCE, otherwise: 1 });
  return {
    servers,
    profileFile,
    ...secretsOf(args, radsec !== undefined),
    ...optional('network', textOf(args, 'network')),
    repeat,
    concurrency,
    jobs: jobsOf(args, repeat, concurrency),
    timeoutMs: secondsOf(args, 'timeout', 10),
    retries: wholeOf(args, 'retries', { least: 0, most: 100, otherwise: 5 }),
    isJson: isSet(args, 'json'),
    isVerbose: isSet(args, 'verbose'),
    showsSecrets: isSet(args, 'show-secrets'),
    nas: nasOf(args),
    ...(radsec && { radsec }),
  };
};

import { type Arguments, isSet, textOf, UsageError } from '../Command.js';

/** Where metrics are served. */
export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

/** What `postassoc live wired` was asked for. */
export interface LiveRequest {
  readonly interface: string;
  readonly profileFile: string;
  readonly network?: string;
  readonly recordFile?: string;
  readonly metrics?: MetricsPlace;
  readonly startPeriodMs: number;
  readonly retryAfterMs: number;
  readonly isPromiscuous: boolean;
  readonly isOnce: boolean;
  readonly isJson: boolean;
  readonly showsCalls: boolean;
  readonly showsSecrets: boolean;
}

const WORLDS = ['wired', 'wifi'];
const LOCAL = '127.0.0.1';
const MOST_PORTS = 65_535;
const PLACE = /^(?:(?<host>\[[0-9a-fA-F:.]+\]|[^:[\]]+):)?(?<port>\d{1,5})$/;

export const metricsPlace = (text: string): MetricsPlace => {
  const { host = LOCAL, port = '' } = PLACE.exec(text)?.groups ?? {};
  if (port === '' || Number(port) === 0 || Number(port) > MOST_PORTS)
    throw new UsageError(`--metrics is a port, or HOST:PORT, e.g. 9100 or [::1]:9100, not "${text}"`);
  return { host: host.replace(/^\[(?<inner>.*)\]$/, '$<inner>'), port: Number(port) };
};

const secondsOf = (args: Arguments, option: string, otherwise: number): number => {
  const text = textOf(args, option);
  const value = text === undefined ? otherwise : /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value * 1000;
  throw new UsageError(`--${option} is a number of seconds above 0, not "${text}"`);
};

const required = (args: Arguments, option: string, example: string): string => {
  const value = textOf(args, option);
  if (value === undefined || value === '') throw new UsageError(`it needs --${option} ${example}`);
  return value;
};

const checkWorld = ([world, ...others]: ReadonlyArray<string>): void => {
  if (world === undefined) throw new UsageError(`it needs to know the world: ${WORLDS.join(' or ')}`);
  if (!WORLDS.includes(world)) throw new UsageError(`there is no world "${world}": ${WORLDS.join(' or ')}`);
  if (others.length > 0) throw new UsageError(`it takes nothing more, not "${others[0]}"`);
};

/** Reads the options; whatever is wrong with them is one sentence. */
export const liveRequest = (args: Arguments): LiveRequest => {
  checkWorld(args.positionals);
  const [network, recordFile, metrics] = [textOf(args, 'network'), textOf(args, 'record'), textOf(args, 'metrics')];
  return {
    interface: required(args, 'interface', 'NAME, e.g. eth0'),
    profileFile: required(args, 'profile', 'FILE, which says who authenticates, and how'),
    ...(network !== undefined && { network }),
    ...(recordFile !== undefined && { recordFile }),
    ...(metrics !== undefined && { metrics: metricsPlace(metrics) }),
    startPeriodMs: secondsOf(args, 'start-period', 5),
    retryAfterMs: secondsOf(args, 'retry-after', 60),
    isPromiscuous: isSet(args, 'promiscuous'),
    isOnce: isSet(args, 'once'),
    isJson: isSet(args, 'json'),
    showsCalls: isSet(args, 'calls'),
    showsSecrets: isSet(args, 'show-secrets'),
  };
};

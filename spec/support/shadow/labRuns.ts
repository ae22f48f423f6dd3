import { choiceOf } from './association.js';
import { type Exchange, exchangeOf } from './exchange.js';
import { driverKeys, type InstalledKey } from './installedKeys.js';
import { type LabMember, labMembers } from './lab.js';
import type { Recording } from './recording.js';
import { type Run, runExchange } from './run.js';
import { type LoggedAssociation, readStationLog } from './stationLog.js';
import type { Knowledge } from './stationMemory.js';

interface LoggedRun extends Run {
  readonly exchange: Exchange;
}

/** An association of a lab case: as it was recorded on the air, and as the station itself tells it. */
export interface LabRun {
  readonly name: string;
  readonly station: string;
  /** Counted from 1 for each station. */
  readonly ordinal: number;
  readonly knowledge: Knowledge;
  readonly exchange: Exchange;
  readonly air: Run;
  readonly log?: LoggedRun;
  /** What the station installed by its own account. */
  readonly expected: ReadonlyArray<InstalledKey>;
}

/** `GTK idx 2 4cd9…`, and `M1 -> TK c086…`. */
const NODE_KEY = /(?:(?<pairwise>TK)|GTK idx (?<index>\d)) (?<key>[0-9a-f]{32,})$/;

/** A station that shows its keys in a log of another kind: those it took, each once. */
const nodeKeys = (log: string): ReadonlyArray<InstalledKey> => {
  const keys = log.split('\n').flatMap((line) => {
    const groups = NODE_KEY.exec(line)?.groups;
    const place = groups?.['pairwise'] === undefined ? `group ${groups?.['index']}` : 'pairwise';
    return groups?.['key'] === undefined ? [] : [{ place, key: groups['key'], counter: '000000000000' }];
  });
  return keys.filter(({ key }, i) => keys.findIndex((each) => each.key === key) === i);
};

/** A roam within a mobility domain has no handshake of its own. */
const hasHandshake = (recording: Recording): boolean => choiceOf(recording) !== undefined && !recording.isReassociation;

const SECONDS_APART = 1;

const loggedWith = (logged: ReadonlyArray<LoggedAssociation>, { since }: Recording): LoggedAssociation | undefined => {
  const distance = (each: LoggedAssociation): number => Math.abs(each.since - since);
  const [nearest] = logged.filter((each) => distance(each) < SECONDS_APART).sort((a, b) => distance(a) - distance(b));
  return nearest;
};

const runLogged = (exchange: Exchange, knowledge: Knowledge): LoggedRun | undefined => {
  const run = runExchange(exchange, knowledge);
  return run && { ...run, exchange };
};

const memberRuns = (name: string, member: LabMember): ReadonlyArray<LabRun> => {
  const { name: station, isSupplicant, knowledge, recordings } = member;
  const logged = isSupplicant ? readStationLog(member.log) : [];
  return recordings.filter(hasHandshake).flatMap((recording, i): ReadonlyArray<LabRun> => {
    const exchange = exchangeOf(recording);
    const air = runExchange(exchange, knowledge);
    if (air === undefined) return [];
    const own = loggedWith(logged, recording);
    const log = own && runLogged({ ...exchange, ...own }, knowledge);
    const expected = isSupplicant ? driverKeys(own?.installed ?? []) : nodeKeys(member.log);
    return [{ name, station, ordinal: i + 1, knowledge, exchange, air, ...(log && { log }), expected }];
  });
};

const done = new Map<string, ReadonlyArray<LabRun>>();

/** Runs the associations of a case; each case is run once. */
export const labRuns = (name: string): ReadonlyArray<LabRun> => {
  const runs = done.get(name) ?? labMembers(name).flatMap((member) => memberRuns(name, member));
  done.set(name, runs);
  return runs;
};

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capturedFrames } from './air/capturedFrames.js';
import { fallbacks } from './air/packetNumbers.js';
import { commandHere } from './commandHere.js';
import { type Explained, explained } from './explained.js';
import type { Scenario } from './Scenario.js';
import { readStationLog, type StationLog } from './StationLog.js';
import { PASSPHRASE, SSID } from './scenarios/networks.js';

const LOG = '.log.ndjson';
const AIR = 'air.pcap';

const hasContent = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

const logsIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(LOG) && hasContent(join(folder, name)))
    .map((name) => join(folder, name));

const demand = (isTrue: boolean, what: string): void => {
  if (!isTrue) throw new Error(what);
};

const lookAtLog = async (log: string): Promise<void> => {
  const checked = await commandHere('check', log);
  demand(checked.status === 0, `the event log breaks the contract:\n${checked.out}${checked.err}`);
  const replayed = await commandHere('replay', log, '--method', 'rsn');
  demand(replayed.status === 0, `the event log does not replay:\n${replayed.out}${replayed.err}`);
};

/** How often a station has told that it was connected. */
const connectionsTold = (log: string): number => {
  const told = log.replace(LOG, '.ndjson');
  return existsSync(told) ? readFileSync(told, 'utf8').split('"kind":"connected"').length - 1 : 0;
};

interface Station extends StationLog {
  readonly connections: number;
}

/** Of several processes at one radio the account is one. */
const stationsOf = (logs: ReadonlyArray<string>): ReadonlyArray<Station> => {
  const stations = new Map<string, Station>();
  for (const log of logs) {
    const { address, renewals } = readStationLog(log);
    const before = stations.get(address) ?? { address, renewals: 0, connections: 0 };
    const connections = before.connections + connectionsTold(log);
    stations.set(address, { address, renewals: before.renewals + renewals, connections });
  }
  return [...stations.values()].filter(({ address }) => address !== '');
};

const lookAtNumbers = (air: string, stations: ReadonlyArray<Station>): void => {
  const found = fallbacks(capturedFrames(air));
  for (const { address, renewals } of stations) {
    const own = found.filter(({ transmitter }) => transmitter === address);
    const first = own[0];
    demand(
      own.length <= renewals,
      `the packet numbers of ${address} fall back ${own.length} times, and it renewed its key ${renewals} times: frame ${first?.frame} has ${first?.packetNumber} after ${first?.highest}`,
    );
  }
};

const lookAtStory = (connections: ReadonlyArray<Explained>, stations: ReadonlyArray<Station>): void => {
  for (const { address, connections: told } of stations) {
    const own = connections.filter(({ station }) => station === address);
    const seen = own.filter(({ outcome }) => outcome === 'authorized').length;
    demand(
      told === seen,
      `${address} was connected ${told} times by its own account, and ${seen} times by that of the air: ${own.map(({ outcome, cause }) => `${outcome} (${cause})`).join(', ')}`,
    );
  }
};

/**
 * What is looked at after every scenario, whatever it was about: the event logs keep the contract and replay to the same effects, no
 * packet number is used twice, and the air tells of as many connections as the station. The answer is what there was not to look at.
 */
export const afterwards = async (folder: string, { airDiffers }: Pick<Scenario, 'airDiffers'>): Promise<string> => {
  const logs = logsIn(folder);
  for (const log of logs) await lookAtLog(log);
  const air = join(folder, AIR);
  if (!hasContent(air) || logs.length === 0) return logs.length === 0 ? 'no event log' : 'no capture';
  const stations = stationsOf(logs);
  lookAtNumbers(air, stations);
  if (airDiffers !== undefined) return `the air tells otherwise: ${airDiffers}`;
  lookAtStory(await explained(air, `wpa-pwd:${PASSPHRASE}:${SSID}`), stations);
  return '';
};

import { join } from 'node:path';
import { dataFrames } from '../dataFrames.js';
import { explained } from '../explained.js';
import { STATION_MAC, type Stage } from '../Stage.js';
import { PASSPHRASE, SSID } from './networks.js';

export const check = (isTrue: boolean, what: string): void => {
  if (!isTrue) throw new Error(what);
};

export const checkAuthorised = async (stage: Stage): Promise<void> => {
  check(/authorized:\s+yes/.test(await stage.stationDump()), 'the kernel does not have the station authorised');
};

/** Of what went over the air nothing went in the clear but EAPOL. */
export const checkEncrypted = async (stage: Stage): Promise<void> => {
  await stage.copied();
  const { encrypted, inTheClear } = dataFrames(join(stage.folder, 'air.pcap'));
  check(encrypted > 0 && inTheClear === 0, `on the air ${encrypted} frames were encrypted, and ${inTheClear} were not`);
};

/** Nothing of the connection is left, and the access point was told. */
export const checkGone = async (stage: Stage, station: string): Promise<void> => {
  check((await stage.endStation(station)) === 0, 'the station did not end with status 0');
  check((await stage.stationDump()).trim() === '', 'the kernel still has a station');
  check((await stage.must('ip netns exec sta iw dev wlan1 link')).includes('Not connected'), 'the kernel is still connected');
  await stage.says('ap.log', new RegExp(`AP-STA-DISCONNECTED ${STATION_MAC}`));
};

/** The key the access point has made, by its log. */
const pmkOf = (stage: Stage): string => {
  const [, octets = ''] = [...stage.read('ap.log').matchAll(/WPA: PMK - hexdump\(len=\d+\): ([0-9a-f ]+)/g)].at(-1) ?? [];
  return `pmk:${octets.replaceAll(' ', '')}`;
};

/** The capture of the air has to tell the same story; by the passphrase, or where nobody can know the key by the access point's own. */
export const checkAir = async (
  stage: Stage,
  outcome: 'authorized' | 'failed',
  by: 'passphrase' | 'pmk' = 'passphrase',
): Promise<void> => {
  await stage.endCapture();
  const key = by === 'pmk' ? pmkOf(stage) : `wpa-pwd:${PASSPHRASE}:${SSID}`;
  const found = await explained(join(stage.folder, 'air.pcap'), key);
  const outcomes = found.map((each) => each.outcome);
  check(outcomes.at(-1) === outcome, `the capture of the air tells another story: ${outcomes.join(', ')}`);
};

export const milliseconds = (stage: Stage, station: string): string => {
  const lines = stage.linesOf(station);
  const at = (wanted: (line: (typeof lines)[number]) => boolean): number | undefined => lines.find(wanted)?.t;
  const chosen = at(({ kind }) => kind === 'chosen');
  const connected = at(({ kind }) => kind === 'connected');
  const [m1, m2] = ['message 1 of 4', 'message 2 of 4'].map((words) => at((line) => line['words'] === words));
  const spans = [
    chosen !== undefined && connected !== undefined && `${((connected - chosen) / 1000).toFixed(0)} ms to connect`,
    m1 !== undefined && m2 !== undefined && `message 1 to 2 ${((m2 - m1) / 1000).toFixed(1)} ms`,
  ];
  return spans.filter((span) => span !== false).join(', ');
};

export const connects = async (stage: Stage, accessPoint: ReadonlyArray<string>, passphrase?: string): Promise<string> => {
  await stage.startAccessPoint(accessPoint);
  const station = await stage.startStation({ ssid: SSID, ...(passphrase !== undefined && { passphrase }) });
  await stage.tells(station, 'connected');
  await checkAuthorised(stage);
  await stage.pingBothWays();
  if (accessPoint.some((line) => line.startsWith('wpa='))) await checkEncrypted(stage);
  return station;
};

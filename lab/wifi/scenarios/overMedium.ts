import type { Rule } from '../air/Rule.js';
import { explained } from '../explained.js';
import { AP_MAC, STATION_MAC, type Stage } from '../Stage.js';
import { check, checkAuthorised, checkGone } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

/** Whom a forged frame pretends to come from, and whom it is for. */
export const AS_AP = { from: AP_MAC, to: STATION_MAC, bssid: AP_MAC } as const;

/** An access point, a medium that does by these rules, and a station that was started. */
export const overMedium = async (
  stage: Stage,
  rules: ReadonlyArray<Rule>,
  accessPoint: ReadonlyArray<string> = WPA2,
): Promise<string> => {
  await stage.startMedium(rules);
  await stage.startAccessPoint(accessPoint);
  return stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
};

/** It is connected, and lets data through. */
export const checkConnected = async (stage: Stage, station: string, times = 1): Promise<void> => {
  await stage.tells(station, 'connected', times);
  await checkAuthorised(stage);
  await stage.pingBothWays();
};

/** It is connected as if nothing had been, at the first attempt. */
export const checkUntroubled = async (stage: Stage, station: string): Promise<void> => {
  await checkConnected(stage, station);
  check(stage.countOf(station, 'failed') === 0, 'an attempt failed, or the connection was lost');
  await checkGone(stage, station);
};

/** The last attempts failed with these words, each a longer wait after the one before, and the passphrase was not blamed. */
export const checkFailing = async (stage: Stage, station: string, words: string, times = 2): Promise<void> => {
  await stage.tells(station, 'waiting', times);
  const lines = stage.linesOf(station);
  const whys = lines.flatMap(({ kind, ['why']: why }) => (kind === 'failed' ? [String(why)] : []));
  check(
    whys.every((why) => why.includes(words)),
    `it failed for another reason: ${whys.join('; ')}`,
  );
  const waits = lines.flatMap(({ kind, ['ms']: ms }) => (kind === 'waiting' ? [Number(ms)] : []));
  check(
    waits.every((ms, i) => ms >= 1000 * 2 ** i),
    `it came back too soon: ${waits.join(', ')} ms`,
  );
  check(!lines.some(({ kind }) => kind === 'gaveUp'), 'it gave up, and nothing was wrong with the passphrase');
  check((await stage.endStation(station)) === 1, 'it did not end with status 1');
};

/** How the air tells of the first connection that came to nothing. */
export const airSays = async (stage: Stage): Promise<string> => {
  await stage.endCapture();
  const found = await explained(`${stage.folder}/air.pcap`, `wpa-pwd:${PASSPHRASE}:${SSID}`);
  return found.map(({ outcome, step, cause, passphrase }) => [outcome, step, cause, passphrase].join(' ')).join('; ');
};

export const checkAirSays = async (stage: Stage, wanted: string): Promise<string> => {
  const said = await airSays(stage);
  check(said.startsWith(wanted), `the air tells "${said}" instead of "${wanted}"`);
  return said;
};

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hex } from '../../../../streams/frames/hex.js';

/** Recorded exchanges with the keys in their logs lie beside a checkout, not in it. */
const folder = fileURLToPath(new URL('../../../../../../shared/lab/cases/', import.meta.url));

export const hasLab = existsSync(folder);

export const labFile = (name: string, file: string): Uint8Array => readFileSync(`${folder}${name}/${file}`);

/** A line of a supplicant's or authenticator's log; `bytes` where it dumps some. */
export interface LogLine {
  readonly text: string;
  readonly bytes: Uint8Array;
}

const DUMP = /^(?<title>.*) - hexdump\(len=\d+\): *(?<octets>[0-9a-f ]*)$/;

const lineOf = (line: string): LogLine => {
  const text = line.replace(/^[\d.]+: /, '').replace(/^wlan\d+: /, '');
  const dump = DUMP.exec(text)?.groups;
  return { text: dump?.['title'] ?? text, bytes: hex(dump?.['octets'] ?? '') };
};

export const labLog = (name: string, file = 'station.log'): ReadonlyArray<LogLine> =>
  new TextDecoder().decode(labFile(name, file)).split('\n').map(lineOf);

export const dumpsOf = (log: ReadonlyArray<LogLine>, title: string): ReadonlyArray<Uint8Array> =>
  log.filter(({ text }) => text === title).map(({ bytes }) => bytes);

const nothing = new Uint8Array(0);

/** The first dump of that title from a line on. */
export const dumpAfter = (log: ReadonlyArray<LogLine>, from: number, title: string): Uint8Array =>
  log.slice(from).find(({ text }) => text === title)?.bytes ?? nothing;

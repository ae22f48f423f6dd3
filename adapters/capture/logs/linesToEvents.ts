import type { Buffer } from 'node:buffer';
import type { AirEvent } from '../../../streams/air/index.js';
import { LineSplitter, type RawLine } from '../../event-log/LineSplitter.js';
import { createAuthenticator } from './hostap/authenticator.js';
import type { ReadKeys } from './hostap/credentials.js';
import { createSupplicant } from './hostap/supplicant.js';
import type { LogAccount } from './LogAccount.js';
import type { LineReader } from './LogLine.js';
import { unwrap } from './linePrefix.js';
import type { LogFormat } from './recogniseLog.js';

/** The longest packet that can be in a hexdump, with room to spare. */
const LONGEST_LINE = 2 ** 18;
const BATCH = 1024;

const AUTHENTICATORS: ReadonlyArray<string> = ['hostapd'];
const SUPPLICANTS: ReadonlyArray<string> = ['wpa_supplicant', 'wpa', 'wifi', 'iwd'];

/** A path or a version does not make another program. */
const baseName = (program: string): string => program.slice(program.lastIndexOf('/') + 1);

/** Reads the lines of a log, each by whoever reads its program's; a line without one is of the program whose log it is. */
export function* linesToEvents(
  chunks: Iterable<Buffer>,
  format: LogFormat | undefined,
  account: LogAccount,
  keys: ReadKeys | undefined,
): Generator<ReadonlyArray<AirEvent>> {
  let batch: AirEvent[] = [];
  let time = 0;
  const tell = (event: AirEvent): void => {
    batch.push(event);
  };
  const supplicant = createSupplicant(tell, keys);
  const authenticator = createAuthenticator(tell, keys);
  const usual = format === 'hostapd' ? authenticator : supplicant;

  const readerOf = (program: string | undefined): LineReader | undefined => {
    if (program === undefined) return usual;
    const name = baseName(program);
    if (AUTHENTICATORS.includes(name)) return authenticator;
    return SUPPLICANTS.includes(name) ? supplicant : undefined;
  };

  const read = (line: RawLine): void => {
    account.lines = line.n;
    if ('tooLong' in line) {
      account.tooLong++;
      return;
    }
    const { text, moment, program } = unwrap(line.bytes.toString('latin1'));
    if (moment !== undefined) {
      time = moment.time;
      account.clock = moment.clock;
    }
    if (readerOf(program)?.take({ frame: line.n, time, text, ...(program !== undefined && { program }) }) === true)
      account.understood++;
  };

  const taken = (): ReadonlyArray<AirEvent> => {
    const full = batch;
    batch = [];
    return full;
  };

  const splitter = new LineSplitter(LONGEST_LINE);
  for (const chunk of chunks) {
    if (format === undefined) continue;
    for (const line of splitter.push(chunk)) {
      read(line);
      if (batch.length >= BATCH) yield taken();
    }
    if (batch.length > 0) yield taken();
  }
  for (const line of splitter.end()) read(line);
  supplicant.end();
  authenticator.end();
  if (batch.length > 0) yield taken();
}

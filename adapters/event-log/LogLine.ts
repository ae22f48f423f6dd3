import { type Buffer, isUtf8 } from 'node:buffer';
import { type Either, left } from 'fp-ts/lib/Either.js';
import { from } from 'ix/iterable';
import { map } from 'ix/iterable/operators';
import { type LogEntry, readLogEntry, revealSecrets, writeLogEntry } from '../../streams/events/index.js';
import type { RawLine } from './LineSplitter.js';

/** A line of a log: its number, and the entry it holds or a sentence about what is wrong with it. */
export interface LogLine {
  readonly n: number;
  readonly entry: Either<string, LogEntry>;
}

/** A line that could be read. */
export interface NumberedLogEntry extends Omit<LogLine, 'entry'> {
  readonly entry: LogEntry;
}

const startsWith = (bytes: Buffer, ...start: ReadonlyArray<number>): boolean => start.every((byte, i) => bytes[i] === byte);

/** What a file is that is no text, as far as its first bytes tell. */
const lookOf = (bytes: Buffer): string => {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'not UTF-8: it looks like UTF-16';
  return startsWith(bytes, 0x1f, 0x8b) ? 'not UTF-8: it looks like gzip' : 'not UTF-8';
};

const withoutMark = (bytes: Buffer): Buffer => (startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes);

/** Blank lines are allowed, and are no lines of the log: `undefined`. */
export const toLogLine = (line: RawLine, complete?: (json: unknown) => unknown): LogLine | undefined => {
  const { n } = line;
  if ('tooLong' in line) return { n, entry: left('too long for a line of a log: skipped') };
  const bytes = n === 1 ? withoutMark(line.bytes) : line.bytes;
  if (!isUtf8(bytes)) return { n, entry: left(lookOf(bytes)) };
  const text = bytes.toString('utf8');
  return text.trim() === '' ? undefined : { n, entry: readLogEntry(text, complete) };
};

/**
 * Entries that are in memory already, as a log. Each time it is read its secrets are fresh copies: an engine destroys the ones
 * it is given.
 */
export const logOf = (entries: ReadonlyArray<LogEntry>): Iterable<ReadonlyArray<LogLine>> => {
  const lines = entries.map(writeLogEntry(revealSecrets));
  return from([lines]).pipe(map((batch) => batch.map((line, i) => ({ n: i + 1, entry: readLogEntry(line) }))));
};

import { Buffer } from 'node:buffer';
import { from } from 'ix/iterable';
import { buffer, filter, flatMap, map } from 'ix/iterable/operators';
import type { ByteSource } from './ByteSource.js';
import { LineSplitter, type RawLine } from './LineSplitter.js';
import { type LogLine, toLogLine } from './LogLine.js';

export interface ReadLogOptions {
  /** How many bytes are asked for at a time. */
  readonly chunkSize?: number;
  /** How many bytes a line may have. */
  readonly longestLine?: number;
  /** Adds to a line what its writer left out (see `ForeignTrace`). */
  readonly complete?: (json: unknown) => unknown;
}

/** A log in batches, to be pulled. */
export type Log = Iterable<ReadonlyArray<LogLine>>;

const BATCH = 1024;

const isThere = (line: LogLine | undefined): line is LogLine => line !== undefined;

/** The lines of one chunk after the other; one must have been pulled to its end before the next is asked for. */
function* linesByChunk(source: ByteSource, chunkSize: number, longestLine: number): Generator<Iterable<RawLine>> {
  const splitter = new LineSplitter(longestLine);
  const chunk = Buffer.allocUnsafe(chunkSize);
  try {
    for (let size = source.read(chunk); size > 0; size = source.read(chunk)) yield splitter.push(chunk.subarray(0, size));
    yield splitter.end();
  } finally {
    source.close();
  }
}

/**
 * Reads a log of any length in constant memory: batches of at most 1,024 lines, pulled. A batch never waits for more bytes
 * than are there, so that a log which is still being written can be followed. Lines that cannot be read are among them, each
 * with what is wrong with it.
 *
 * @example
 * const source = openBytes('run.ndjson');
 * if (source._tag === 'Right')
 *   for (const lines of readLog(source.right)) for (const { n, entry } of lines) console.log(n, entry._tag);
 *
 * @since 0.1.0
 */
export const readLog = (
  source: ByteSource,
  { chunkSize = 2 ** 18, longestLine = 2 ** 20, complete }: ReadLogOptions = {},
): Log => {
  const read = (line: RawLine) => toLogLine(line, complete);
  return from(linesByChunk(source, chunkSize, longestLine)).pipe(
    flatMap((lines) => from(lines).pipe(map(read), filter(isThere), buffer(BATCH))),
  );
};

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type Either, left, right } from 'fp-ts/lib/Either.js';

/** Bytes to be pulled, such as an open file. */
export interface ByteSource {
  /** Fills a buffer from its beginning and says how far; 0 is the end. */
  read(into: Uint8Array): number;
  close(): void;
  /** How many there are in all, where that is known. */
  readonly size?: number;
}

const STANDARD_INPUT = 0;
const RETRY_MS = 10;

/** Sleeps without letting anything else run: the caller is in the middle of a pull. */
const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

const because = (name: string, error: unknown): string => {
  const code = codeOf(error);
  return `cannot read ${name}: ${SENTENCES[code] ?? code}`;
};

const readFrom =
  (fd: number, name: string) =>
  (into: Uint8Array): number => {
    for (;;) {
      try {
        return readSync(fd, into, 0, into.length, null);
      } catch (error) {
        const code = codeOf(error);
        // Windows reports the end of a pipe as an error.
        if (code === 'EOF') return 0;
        // A pipe somebody made non-blocking, with nothing in it yet.
        if (code !== 'EAGAIN') throw new Error(because(name, error), { cause: error });
        pause();
      }
    }
  };

/**
 * Opens a file, or standard input as `-`. What is wrong with it comes back as a sentence.
 *
 * @example
 * const log = openBytes('run.ndjson');
 * if (log._tag === 'Right') for (const lines of readLog(log.right)) console.log(lines.length);
 *
 * @since 0.1.0
 */
export const openBytes = (path: string): Either<string, ByteSource> => {
  if (path === '-') return right({ read: readFrom(STANDARD_INPUT, 'standard input'), close: () => {} });
  try {
    const fd = openSync(path, 'r');
    const stats = fstatSync(fd);
    if (stats.isDirectory()) {
      closeSync(fd);
      return left(`cannot read ${path}: ${SENTENCES['EISDIR']}`);
    }
    return right({ read: readFrom(fd, path), close: () => closeSync(fd), ...(stats.isFile() && { size: stats.size }) });
  } catch (error) {
    return left(because(path, error));
  }
};

/** Bytes that are in memory already, e.g. a log in a test. */
export const bytesOf = (bytes: Uint8Array): ByteSource => {
  let at = 0;
  return {
    read: (into) => {
      const taken = bytes.subarray(at, at + into.length);
      into.set(taken);
      at += taken.length;
      return taken.length;
    },
    close: () => {},
  };
};

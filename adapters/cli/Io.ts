import type { Either } from 'fp-ts/lib/Either.js';
import { type ByteSource, openBytes } from '../event-log/ByteSource.js';
import { writeText } from '../event-log/writeText.js';

/** The outside of a command: what it reads and where it writes. */
export interface Io {
  /** Writes to standard output; `false` once nobody reads it any more, so that there is no point in going on. */
  readonly out: (text: string) => boolean;
  readonly err: (text: string) => void;
  /** Opens a file, or standard input as `-`. */
  readonly open: (path: string) => Either<string, ByteSource>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Whether standard error is one. */
  readonly isErrTerminal: boolean;
  /** Milliseconds, to measure with. */
  readonly now: () => number;
  readonly cwd: string;
}

const STDOUT = 1;
const STDERR = 2;

/** Whoever was reading has closed its end, e.g. `head`. */
const isClosed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');

/**
 * Writes at once instead of through a stream: then the memory for what is not yet written stays nothing, and a closed pipe is
 * noticed at the line that meets it.
 */
const writer = (fd: number): ((text: string) => boolean) => {
  let isOpen = true;
  return (text) => {
    if (!isOpen) return false;
    try {
      writeText(fd, text);
    } catch (error) {
      if (!isClosed(error)) throw error;
      isOpen = false;
    }
    return isOpen;
  };
};

export const processIo = (): Io => ({
  out: writer(STDOUT),
  err: writer(STDERR),
  open: openBytes,
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  isErrTerminal: process.stderr.isTTY === true,
  now: () => performance.now(),
  // It may be gone, which is the matter of those who ask for it alone.
  get cwd() {
    return process.cwd();
  },
});

import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { type LogFile, openLogFile } from '../../event-log/index.js';

/** The event log of `--record`, or why there can be none. */
export const openRecord = (path: string): Either<string, LogFile> => {
  try {
    return right(openLogFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return left(`--record: cannot write ${path}: ${code === 'EEXIST' ? 'it is there already, and is not overwritten' : code}`);
  }
};

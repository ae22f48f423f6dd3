import { closeSync, openSync } from 'node:fs';
import { writeText } from './writeText.js';

/** A log being written. */
export interface LogFile {
  /** Takes a line without its newline; it is in the file when this returns. */
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** A log may hold secrets. */
const OWNER_ONLY = 0o600;

/**
 * Opens a new log for its owner's eyes. A file that is there already is not overwritten: it may be somebody's evidence.
 *
 * @since 0.1.0
 */
export const openLogFile = (path: string): LogFile => {
  const fd = openSync(path, 'wx', OWNER_ONLY);
  return { write: (line) => writeText(fd, `${line}\n`), close: () => closeSync(fd) };
};

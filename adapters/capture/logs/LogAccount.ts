import type { LogClock } from './LogClock.js';

/** What is to be said of a log as a whole. */
export interface LogAccount {
  /** Lines, or in an export of Windows events, so far. */
  lines: number;
  /** How many of them said something that is understood here; debug logs talk of much else. */
  understood: number;
  /** How many were too long to be read. */
  tooLong: number;
  /** What the times are worth. */
  clock: LogClock;
}

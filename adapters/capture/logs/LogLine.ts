import type { Mark } from '../../../streams/air/index.js';

/** A line of a log, without what carried it there: clock, machine, program. */
export interface LogLine extends Mark {
  readonly text: string;
  /** Who wrote it, where syslog, logcat or an ESP32 says so. */
  readonly program?: string;
}

/** Reads the lines of one kind of log; each may complete an event. */
export interface LineReader {
  /** Whether the line was understood. */
  take(line: LogLine): boolean;
  /** There are no more lines: what was waiting for one is told as it is. */
  end(): void;
}

import { BrokenLines } from '../BrokenLines.js';
import type { LogLine, NumberedLogEntry } from '../LogLine.js';
import type { Log } from '../readLog.js';
import { redactedField } from './firstDifference.js';

/** A secret that a log does not tell. */
export interface RedactedSecret {
  readonly n: number;
  readonly path: string;
}

/** What was passed over on the way. */
export interface Ignored {
  /** Remarks: their wording may change from one version to the next without anything being done otherwise. */
  diagnostics: number;
}

const REMEMBERED = 5;

/**
 * Walks a log line by line. Broken lines and remarks are passed over and counted; a redacted secret is the end of the way.
 */
export class LogCursor {
  readonly broken = new BrokenLines();
  readonly ignored: Ignored = { diagnostics: 0 };
  readonly #batches: Iterator<ReadonlyArray<LogLine>>;
  #batch: ReadonlyArray<LogLine> = [];
  #next = 0;
  #due: NumberedLogEntry | undefined;
  #redacted: RedactedSecret | undefined;
  readonly #before: NumberedLogEntry[] = [];

  constructor(log: Log) {
    this.#batches = log[Symbol.iterator]();
  }

  get redacted(): RedactedSecret | undefined {
    return this.#redacted;
  }

  /** The lines taken last, oldest first. */
  get before(): ReadonlyArray<NumberedLogEntry> {
    return [...this.#before];
  }

  /** The line that is due, which stays due until it is taken. */
  peek(): NumberedLogEntry | undefined {
    while (this.#due === undefined && this.#redacted === undefined && this.#refill()) {
      const line = this.#batch[this.#next++];
      const entry = line && this.broken.sift(line);
      if (entry !== undefined) this.#consider(entry);
    }
    return this.#due;
  }

  take(): void {
    if (this.#due === undefined) return;
    this.#before.push(this.#due);
    if (this.#before.length > REMEMBERED) this.#before.shift();
    this.#due = undefined;
  }

  close(): void {
    this.#batches.return?.();
  }

  #refill(): boolean {
    while (this.#next >= this.#batch.length) {
      const next = this.#batches.next();
      if (next.done === true) return false;
      this.#batch = next.value;
      this.#next = 0;
    }
    return true;
  }

  #consider(line: NumberedLogEntry): void {
    const { event } = line.entry;
    if (event.kind === 'diagnostic') {
      this.ignored.diagnostics++;
      return;
    }
    const path = redactedField(event);
    if (path === undefined) this.#due = line;
    else this.#redacted = { n: line.n, path };
  }
}

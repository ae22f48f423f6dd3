import type { LogEntry } from '../../streams/events/index.js';

const KEPT = 2048;

/** The last entries of a log by line number, so that a finding can quote its evidence and memory stays what it is. */
export class RecentEntries {
  readonly #entries = new Array<{ readonly n: number; readonly entry: LogEntry } | undefined>(KEPT);
  #next = 0;

  add(n: number, entry: LogEntry): void {
    this.#entries[this.#next] = { n, entry };
    this.#next = (this.#next + 1) % KEPT;
  }

  find(n: number): LogEntry | undefined {
    return this.#entries.find((kept) => kept?.n === n)?.entry;
  }
}

import type { AdapterHandle, LogEntry, SessionHandle } from '../../../streams/events/index.js';

/** A log entry and where it stands: the line number in its file, or a running number when the log is live. */
export type NumberedEntry = LogEntry & { readonly n: number };

/**
 * One breach of the contract. `event` is the line that is wrong, or the line of the call that owed something and did not
 * get it; `related` are the lines that prove it.
 *
 * @since 0.1.0
 */
export interface Violation {
  readonly rule: string;
  readonly event: number;
  /** When, in microseconds. */
  readonly at: number;
  /** What happened. */
  readonly message: string;
  /** What should have happened instead. */
  readonly expected: string;
  /** The sentence of the contract, in our words. */
  readonly why: string;
  readonly adapter?: AdapterHandle;
  readonly session?: SessionHandle;
  readonly related?: ReadonlyArray<number>;
}

/** How strictly, and with how much memory, a log is checked. */
export interface CheckOptions {
  /** R174: the age, in microseconds, at which a port that was never completed is reported. Default: two minutes. */
  readonly pendingLimit?: number;
}

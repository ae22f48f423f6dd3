import type { Effect, SecretRequest } from '../../../streams/events/index.js';
import type { NumberedLogEntry } from '../LogLine.js';
import type { FieldDifference } from './firstDifference.js';

interface Where {
  /** The line of the log that was due; none, when the log had ended. */
  readonly line?: NumberedLogEntry;
  /** When, in microseconds of the log. */
  readonly at: number;
  /** The lines before it. */
  readonly before: ReadonlyArray<NumberedLogEntry>;
}

/**
 * The first thing that went otherwise than the log says.
 *
 * | what         | the log has                  | the engine                                      |
 * |--------------|------------------------------|-------------------------------------------------|
 * | `differs`    | an effect                    | did it otherwise, or did another, or at another time |
 * | `missing`    | an effect                    | did nothing by then                             |
 * | `unexpected` | an input, or no further line | did something                                   |
 * | `asked`      | something else               | asked for a secret                              |
 * | `notAsked`   | the answer to a request      | did not ask                                     |
 */
export type Difference = Where &
  (
    | { readonly what: 'differs'; readonly effect: Effect; readonly field: FieldDifference }
    | { readonly what: 'missing' }
    | { readonly what: 'unexpected'; readonly effect: Effect }
    | { readonly what: 'asked'; readonly request: SecretRequest; readonly field?: FieldDifference }
    | { readonly what: 'notAsked' }
  );

type WithoutWhere<D> = D extends unknown ? Omit<D, keyof Where> : never;
/** What a difference is, but for where. */
export type Finding = WithoutWhere<Difference>;

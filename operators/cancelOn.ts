import { type MonoTypeOperatorFunction, Observable, takeUntil, tap } from 'rxjs';
import type { Terminator } from '../streams/events/index.js';

/**
 * What may still be said while a terminator is handled: something at a stop, something at a reset. At a deinit nothing may,
 * so there is no place to put it.
 */
export interface Partings<T> {
  readonly stopPostAssociate?: (terminator: Extract<Terminator, { kind: 'stopPostAssociate' }>) => ReadonlyArray<T>;
  readonly adapterReset?: (terminator: Extract<Terminator, { kind: 'adapterReset' }>) => ReadonlyArray<T>;
}

const parting = <T>(terminator: Terminator | undefined, partings: Partings<T>): ReadonlyArray<T> => {
  switch (terminator?.kind) {
    case 'stopPostAssociate':
      return partings.stopPostAssociate?.(terminator) ?? [];
    case 'adapterReset':
      return partings.adapterReset?.(terminator) ?? [];
    default:
      return [];
  }
};

/**
 * Ends the work of a port on a terminator, each with its own silence:
 *
 * | terminator          | what the port may still emit                     | afterwards                  |
 * |---------------------|--------------------------------------------------|-----------------------------|
 * | `stopPostAssociate` | the stop partings, never a completion (R193)     | silence for this port       |
 * | `adapterReset`      | the reset partings: one completion if owed (R151) | silence until the next init |
 * | `deinitAdapter`     | nothing at all (R160)                            | silence for this adapter    |
 *
 * Put it last in the pipe: operators behind it would go on with what they hold. What it is given to release is released
 * (`finalize`) after the partings and before the terminator's handler returns.
 *
 * @example
 * work$.pipe(cancelOn(terminator$, { adapterReset: () => [cancelledCompletion] }))
 *
 * @since 0.1.0
 */
export const cancelOn =
  <T>(terminator$: Observable<Terminator>, partings: Partings<T> = {}): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      // takeUntil completes in either case: "done" and "stopped" are told apart by what was seen.
      let seen: Terminator | undefined;
      const notifier = terminator$.pipe(
        tap((terminator) => {
          seen = terminator;
        }),
      );
      return source.pipe(takeUntil(notifier)).subscribe({
        next: (value) => subscriber.next(value),
        error: (error) => subscriber.error(error),
        complete: () => {
          for (const value of parting(seen, partings)) subscriber.next(value);
          subscriber.complete();
        },
      });
    });

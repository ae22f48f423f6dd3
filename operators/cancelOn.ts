import { type MonoTypeOperatorFunction, Observable, type Subscriber, takeUntil } from 'rxjs';
import type { Terminator } from '../streams/events/index.js';

/**
 * What may still be said while a terminator is handled: something at a stop, something at a reset. At a deinit nothing may,
 * so there is no place to put it.
 */
export interface Partings<T> {
  readonly stopPostAssociate?: (terminator: Extract<Terminator, { kind: 'stopPostAssociate' }>) => ReadonlyArray<T>;
  readonly adapterReset?: (terminator: Extract<Terminator, { kind: 'adapterReset' }>) => ReadonlyArray<T>;
}

const parting = <T>(terminator: Terminator, partings: Partings<T>): ReadonlyArray<T> => {
  switch (terminator.kind) {
    case 'stopPostAssociate':
      return partings.stopPostAssociate?.(terminator) ?? [];
    case 'adapterReset':
      return partings.adapterReset?.(terminator) ?? [];
    default:
      return [];
  }
};

/** Says the partings of whatever ends the work, and then ends it. */
class Ending<T> {
  readonly #out: Subscriber<T>;
  readonly #partings: Partings<T>;
  until: Subscriber<Terminator> | undefined;

  constructor(out: Subscriber<T>, partings: Partings<T>) {
    this.#out = out;
    this.#partings = partings;
  }

  next(terminator: Terminator): void {
    for (const value of parting(terminator, this.#partings)) this.#out.next(value);
    // A terminator that comes with the subscription comes before the work: then there is none to begin.
    if (this.until === undefined) this.#out.complete();
    else this.until.next(terminator);
  }

  error(error: unknown): void {
    this.#out.error(error);
  }
}

// A class, and a function of its own here: a closure in `cancelOn` would keep its whole scope alive, once for every port.
const endOf = <T>(ending: Ending<T>): Observable<Terminator> =>
  new Observable((until) => {
    ending.until = until;
  });

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
    new Observable((out) => {
      const ending = new Ending(out, partings);
      const work$ = source.pipe(takeUntil(endOf(ending)));
      out.add(terminator$.subscribe(ending));
      if (!out.closed) out.add(work$.subscribe(out));
    });

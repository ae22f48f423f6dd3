import { defer, filter, map, mergeMap, type Observable, range } from 'rxjs';
import type { AuthenticationEvent } from '../conversation/authenticate.js';
import { type Attempt, Stopwatch } from './Attempt.js';

export interface AttemptsOptions {
  readonly repeat: number;
  /** How many run at the same time. */
  readonly concurrency: number;
  readonly authentication: (index: number) => Observable<AuthenticationEvent>;
}

const measured = (event$: Observable<AuthenticationEvent>): Observable<Attempt> =>
  defer(() => {
    const watch = new Stopwatch();
    return event$.pipe(
      map((event) => watch.take(event)),
      filter((attempt) => attempt !== undefined),
    );
  });

/**
 * Authenticates again and again. The keys of each result belong to whoever gets it.
 *
 * @since 0.2.0
 */
export const attempts = ({ repeat, concurrency, authentication }: AttemptsOptions): Observable<Attempt> =>
  range(0, repeat).pipe(mergeMap((index) => measured(authentication(index)), concurrency));

import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { onInterrupt } from '../onInterrupt.js';

/** Ends a stream, and with it the threads and requests behind it, when the process is asked to end; a second time ends the process. */
export const untilInterrupted =
  <A>(interrupted: () => void): MonoTypeOperatorFunction<A> =>
  (source$) =>
    new Observable((out) => {
      out.add(
        onInterrupt(() => {
          interrupted();
          out.complete();
        }),
      );
      out.add(source$.subscribe(out));
    });

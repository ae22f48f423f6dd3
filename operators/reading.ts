import { concat, concatMap, defer, finalize, type OperatorFunction } from 'rxjs';
import type { AirBatch, ConnectionReader } from './core/verdict/index.js';

/** A reader of its own for each subscription; whatever happens, it is released. */
export const reading =
  <A>(create: () => ConnectionReader<A>): OperatorFunction<AirBatch, A> =>
  (source) =>
    defer(() => {
      const reader = create();
      const ended = source.pipe(concatMap((batch) => reader.take(batch)));
      const open = defer(() => reader.finish());
      return concat(ended, open).pipe(finalize(() => reader.release()));
    });

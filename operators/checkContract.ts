import { concat, concatMap, defer, filter, finalize, map, type OperatorFunction } from 'rxjs';
import { wipeWorld } from './core/contract/fold/endPort.js';
import { checkEnd, checkStep } from './core/contract/step.js';
import type { CheckOptions, NumberedEntry, Violation } from './core/contract/Violation.js';
import { emptyWorld } from './core/contract/world/World.js';

/**
 * Checks what an implementation did, handler call by handler call and API call by API call, against the contract of the
 * interface, and reports each breach with its evidence. It works on a recorded log and on a live stream alike, whoever's
 * implementation it is; a well-behaved one is met with silence. Memory is bounded by the ports that are alive.
 *
 * A log may record less than everything: returns of handlers, replies, send completions and indications are used where they
 * are there, and what a log cannot show is never held against it.
 *
 * @param options how long a port may stay pending
 * @returns an operator that turns numbered log entries into violations, in the order they become certain
 *
 * @example
 * import { map, of } from 'rxjs';
 * import { checkContract, type LogEntry } from 'postassoc';
 *
 * const entries: ReadonlyArray<LogEntry> = [
 *   { at: 0, dir: 'in', event: { kind: 'deinitService' } },
 *   { at: 9, dir: 'out', event: { kind: 'allocateBuffer', call: 1, size: 64 } },
 * ];
 * of(...entries)
 *   .pipe(
 *     map((entry, index) => ({ ...entry, n: index + 1 })),
 *     checkContract(),
 *   )
 *   .subscribe(({ rule, event, message }) => console.log(`${rule} at line ${event}: ${message}`));
 * // R9 at line 2: allocateBuffer after deinitService returned
 *
 * @since 0.1.0
 */
export const checkContract =
  (options: CheckOptions = {}): OperatorFunction<NumberedEntry, Violation> =>
  (source) =>
    defer(() => {
      const world = emptyWorld();
      const step = checkStep(options);
      const found = source.pipe(
        map((entry) => step(world, entry).violations),
        filter((violations) => violations.length > 0),
        concatMap((violations) => violations),
      );
      const owed = defer(() => checkEnd(world));
      return concat(found, owed).pipe(finalize(() => wipeWorld(world)));
    });

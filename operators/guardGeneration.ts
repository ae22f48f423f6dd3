import { map, type OperatorFunction } from 'rxjs';
import type { Effect } from '../streams/events/index.js';
import type { Ledger } from './core/index.js';

const isStale = (effect: Effect, ledger: Ledger): boolean =>
  'generation' in effect && effect.generation !== undefined && !ledger.live.has(effect.generation);

/**
 * The last gate before the sink: what a port that is gone still says is dropped, counted, and remarked (R260). In ordinary
 * runs it never has to; it is there so that nothing late gets through by luck (R137).
 *
 * @example
 * effects$.pipe(guardGeneration(ledger))
 *
 * @since 0.1.0
 */
export const guardGeneration = (ledger: Ledger): OperatorFunction<Effect, Effect> =>
  map((effect) => {
    if (!isStale(effect, ledger)) return effect;
    ledger.stale++;
    const message = `${effect.kind} of a port that has ended was stopped before the sink`;
    return { kind: 'diagnostic', rule: 'R260', message };
  });

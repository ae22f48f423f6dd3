import { type Observable, type SchedulerLike, share } from 'rxjs';
import type { Effect } from '../streams/events/index.js';
import {
  LiveClock,
  type OsCallbacks,
  type OsCallbacksOptions,
  osCallbacks,
  type SecretSource,
} from '../streams/sources/index.js';
import { Admission, Ledger, type SecurityMethod } from './core/index.js';
import { postAssociation } from './postAssociation.js';

export interface EngineOptions extends Omit<OsCallbacksOptions, 'admit' | 'sync'> {
  readonly methods: ReadonlyArray<SecurityMethod>;
  readonly secrets?: SecretSource;
  /** Real time by default. */
  readonly scheduler?: SchedulerLike;
}

/** A front door, the engine behind it, and its books. */
export interface Engine extends OsCallbacks {
  readonly effects$: Observable<Effect>;
  readonly ledger: Ledger;
  /** What the events and effects are timed by. */
  readonly scheduler: SchedulerLike;
}

/**
 * The usual composition: handlers that admit or refuse, and the post-association operation behind them. Subscribe a sink to
 * `effects$` before the first handler is called.
 *
 * @example
 * const engine = createEngine({ methods: [open] });
 * engine.effects$.subscribe(driving(sink, engine.offer));
 * engine.handlers.initService({ version: 0 });
 *
 * @since 0.1.0
 */
export const createEngine = ({ methods, secrets, scheduler = new LiveClock(), answers, ...door }: EngineOptions): Engine => {
  const ledger = new Ledger();
  const isUIRequestPending = (request: Parameters<Ledger['isPending']>[0]) => ledger.isPending(request);
  const callbacks = osCallbacks({
    ...door,
    admit: new Admission(methods).admit,
    answers: { isUIRequestPending, ...answers },
    ...(scheduler instanceof LiveClock && { sync: () => scheduler.sync() }),
  });
  // R63: the host queues as much for an adapter as the front door does.
  const backLog = door.maxBackLog === undefined ? {} : { maxBackLog: door.maxBackLog };
  const effects$ = callbacks.events$.pipe(
    postAssociation({ ...backLog, methods, scheduler, ledger, ...(secrets && { secrets }) }),
    share(),
  );
  return { ...callbacks, effects$, ledger, scheduler };
};

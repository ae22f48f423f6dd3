import { defer, type OperatorFunction, type SchedulerLike } from 'rxjs';
import type { Effect, HostEvent } from '../streams/events/index.js';
import type { SecretSource } from '../streams/sources/index.js';
import { byAdapter } from './byAdapter.js';
import { adapterOf, Ledger, registrationsOf, type SecurityMethod, settleStray } from './core/index.js';
import { guardGeneration } from './guardGeneration.js';
import { inTurn } from './inTurn.js';
import { runAdapter } from './runAdapter.js';

export interface PostAssociationDeps {
  /** Tried in order: the first that serves what an association negotiated runs its port. */
  readonly methods: ReadonlyArray<SecurityMethod>;
  /** All time there is (R262). */
  readonly scheduler: SchedulerLike;
  /** All randomness, credentials and clear text there is; by default none. */
  readonly secrets?: SecretSource;
  /** The books, for whoever wants to read them. */
  readonly ledger?: Ledger;
  /** How many packets the host may queue for an adapter (R63). */
  readonly maxBackLog?: number;
}

const DEFAULT_BACKLOG = 16;

/** An event nobody is there for: settled, and remarked where it names an adapter that does not exist (R3, R7). */
const stray = (event: HostEvent, ledger: Ledger): ReadonlyArray<Effect> => {
  settleStray(event, ledger);
  if (!('adapter' in event) || event.kind === 'handlerReturned') return [];
  const message = `${event.kind} was ignored: no adapter has the handle ${event.adapter}`;
  return [{ kind: 'diagnostic', rule: 'R3', message }];
};

/**
 * The post-association operation: what happens on the Wi-Fi adapters of a host goes in, what must be done about it comes
 * out. It acts on nothing, and the same input gives the same output, live or replayed.
 *
 * @example
 * events$.pipe(postAssociation({ methods: [open], scheduler: clock })).subscribe(driving(sink, offer));
 *
 * @since 0.1.0
 */
export const postAssociation =
  ({
    methods,
    scheduler,
    secrets = () => undefined,
    ledger: books,
    maxBackLog = DEFAULT_BACKLOG,
  }: PostAssociationDeps): OperatorFunction<HostEvent, Effect> =>
  (events$) =>
    defer(() => {
      const ledger = books ?? new Ledger();
      const deps = { methods, scheduler, secrets, ledger, registrations: registrationsOf(methods, maxBackLog) };
      return events$.pipe(
        inTurn(),
        byAdapter((adapter$, opening) => adapter$.pipe(runAdapter(deps, opening)), {
          ownerOf: (event) => adapterOf(event, ledger),
          onStray: (event) => stray(event, ledger),
          onError: (_, adapter) => [{ kind: 'diagnostic', rule: 'R263', message: 'an adapter failed and is gone', adapter }],
        }),
        guardGeneration(ledger),
      );
    });

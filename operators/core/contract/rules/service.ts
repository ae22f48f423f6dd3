import type { AdapterHandle, ApiCall, HandlerCall, HostEvent } from '../../../../streams/events/index.js';
import type { OpenHandler, World } from '../world/World.js';
import { type CallRule, clause, type DebtRule, type EventRule, type Finding } from './Rule.js';

const r1 = clause(
  'R1',
  'no handler call before initService, nor after deinitService',
  'The host asks for the version, then initialises the service, and only then calls the other handlers.',
);

/** A handler after the service was taken down. */
export const R1: EventRule<HandlerCall> = {
  ...r1,
  broken: ({ service }, { kind }) =>
    service.phase === 'down'
      ? { message: `${kind} after deinitService at line ${service.by}`, related: [service.by] }
      : undefined,
};

/** A handler that turns out to have come before the service was initialised. */
export const R1early: EventRule<HostEvent> = {
  ...r1,
  broken: ({ service: { phase, early } }, _, { n }) =>
    phase === 'unknown' && early !== undefined
      ? { message: `a handler was called before initService at line ${n}`, line: early, related: [n] }
      : undefined,
};

const r9 = clause(
  'R9',
  'nothing on any adapter from deinitService on, no call at all after it returned, and all memory freed by then',
  'deinitService returns only when every worker has ended and all memory is freed.',
);

export const R9: CallRule<ApiCall> = {
  ...r9,
  broken: ({ world: { service }, call }) => {
    if (service.phase === 'down') return { message: `${call.kind} after deinitService returned`, related: [service.by] };
    const touchesAdapter = call.kind !== 'freeBuffer' && call.kind !== 'allocateBuffer';
    return service.phase === 'leaving' && touchesAdapter
      ? { message: `${call.kind} from inside deinitService`, related: [service.by] }
      : undefined;
  },
};

const unfreed = (world: World, belongs: (adapter: AdapterHandle | undefined) => boolean): ReadonlyArray<number> =>
  [...world.buffers.values()].filter(({ adapter }) => belongs(adapter)).map(({ n }) => n);

const leak = (buffers: ReadonlyArray<number>, { kind }: OpenHandler): ReadonlyArray<Finding> =>
  buffers.length === 0
    ? []
    : [{ message: `${kind} returned with ${buffers.length} allocated buffer(s) not freed`, related: buffers }];

export const R8: DebtRule = {
  ...clause(
    'R8',
    'every buffer of the adapter freed when deinitAdapter returns',
    'What was allocated for an adapter is given back, at the latest in its deinitAdapter; freeing needs no adapter handle.',
  ),
  owed: (world, open) =>
    leak(
      unfreed(world, (adapter) => adapter !== undefined && adapter === open.adapter),
      open,
    ),
};

export const R9memory: DebtRule = {
  ...r9,
  owed: (world, open) =>
    leak(
      unfreed(world, () => true),
      open,
    ),
};

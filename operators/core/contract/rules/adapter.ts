import type { Scene } from '../world/Scene.js';
import { isInside } from '../world/World.js';
import { type AdapterCall, type CallRule, clause, type PortCall } from './Rule.js';
import { ending } from './words.js';

/** The line of the DeinitAdapter that this call came too late for. */
export const goneBy = ({ adapter }: Scene): number | undefined => (adapter.is === 'gone' ? adapter.by : undefined);

/** What is said of any call that comes after its adapter left. */
export const afterDeinit = (scene: Scene) => {
  const by = goneBy(scene);
  const where = by !== undefined && isInside(scene.world, by) ? 'inside' : 'after';
  return by === undefined
    ? undefined
    : {
        message: `${scene.call.kind} with adapter ${scene.call.adapter} ${where} its deinitAdapter at line ${by}`,
        related: [by],
      };
};

export const R7: CallRule<AdapterCall> = {
  ...clause(
    'R7',
    'no call with the handle of an adapter that has left',
    'The handle of an adapter is dead from the first instruction of deinitAdapter, for timers and queued work too.',
  ),
  broken: afterDeinit,
};

export const R160: CallRule<AdapterCall> = {
  ...clause(
    'R160',
    'nothing but freeBuffer inside deinitAdapter',
    'deinitAdapter cancels inside the engine: no completion and no other function that takes the adapter handle.',
  ),
  broken: (scene) => {
    const by = goneBy(scene);
    return by !== undefined && isInside(scene.world, by) ? afterDeinit(scene) : undefined;
  },
};

const r6 = (expected: string) =>
  clause('R6', expected, 'Each function has its window: service, adapter, pre-association or post-association.');

export const R6adapter: CallRule<AdapterCall> = {
  ...r6('calls with an adapter handle only between its initAdapter and its deinitAdapter'),
  broken: ({ adapter, call }) =>
    adapter.is === 'never' ? { message: `${call.kind} with adapter ${call.adapter}, which was never initialised` } : undefined,
};

/** A post-association function for a port that never was, was refused, or went with a reset. */
export const R6port: CallRule<PortCall> = {
  ...r6('post-association calls only after the performPostAssociate of their port, and not after a reset'),
  broken: ({ world, port, call }) => {
    if (port.is === 'never') return { message: `${call.kind} for port ${call.session}, which no Perform has opened` };
    // What a Stop leaves undone has rules of its own, and a reset allows calls until its handler returns (C2).
    if (port.is !== 'ended' || port.port.how === 'stopped' || isInside(world, port.port.by)) return;
    return { message: `${call.kind} although ${ending(port.port)}`, related: [port.port.by] };
  },
};

export const R3: CallRule<AdapterCall> = {
  ...clause(
    'R3',
    "the host's handle that initAdapter gave for this adapter",
    "Every call carries the host's own handle of the adapter, which has nothing to do with the engine's.",
  ),
  broken: ({ adapter: standing, call }) => {
    if (standing.is !== 'alive') return;
    const { service, since, handle } = standing.adapter;
    return service !== undefined && since !== undefined && service !== call.service
      ? { message: `${call.kind} for adapter ${handle} with host handle ${call.service}, not ${service}`, related: [since] }
      : undefined;
  },
};

import type { AdapterHandle } from '../../../../streams/events/index.js';
import { type Adapter, olderAdapter } from '../world/Adapter.js';
import type { World } from '../world/World.js';

/** The adapter, met for the first time if need be; `undefined` for one that has left. */
export const adapterOf = (world: World, handle: AdapterHandle): Adapter | undefined => {
  const known = world.adapters.get(handle);
  if (known !== undefined || world.gone.has(handle)) return known;
  const adapter = olderAdapter(handle);
  world.adapters.set(handle, adapter);
  return adapter;
};

import {
  type AdapterHandle,
  AssocStatus,
  type Guid,
  type Handler,
  type MacAddress,
  type ServiceHandle,
  Win32,
} from '../../../streams/events/index.js';
import { MemoryAdapter } from '../MemoryAdapter.js';
import type { World } from '../World.js';
import { deliver } from './receive.js';

/** What an engine is told about a new adapter, beside its handles. */
export interface AdapterDescription {
  readonly address?: MacAddress;
  readonly description?: string;
}

const newIdentity = (world: World, isVirtual: boolean): MemoryAdapter['identity'] => {
  const handle = world.freshHandle() as AdapterHandle;
  const guid = `00000000-0000-4000-8000-${handle.slice(2).padStart(12, '0')}` as Guid;
  return { handle, service: world.freshHandle() as ServiceHandle, interface: guid, isVirtual };
};

/** The adapter is there before its handler is called, so that it can be used from inside (R5). */
export const initAdapter = (world: World, about: AdapterDescription, isVirtual = false): MemoryAdapter => {
  const identity = newIdentity(world, isVirtual);
  const { handle: adapter, service } = identity;
  const made = new MemoryAdapter(identity, (frame) => deliver(world, made, frame));
  world.adapters.set(adapter, made);
  const win32 = world.call({ kind: 'initAdapter', adapter }, (handlers) =>
    handlers.initAdapter({ adapter, service, interface: identity.interface, ...about }),
  );
  if (win32 !== Win32.codes.ERROR_SUCCESS) made.isAlive = false;
  return made;
};

/** R55: the port is there until the handler returns, and gone afterwards. */
export const stopPort = (world: World, adapter: MemoryAdapter, call: Handler<'stopPostAssociate'>): void => {
  const { kind: _, ...args } = call;
  world.call(call, ({ stopPostAssociate }) => stopPostAssociate(args));
  adapter.see(call);
};

/** R66, R154: the host clears its side first, then calls; R152: the ports are gone when the handler has returned. */
export const resetAdapter = (world: World, adapter: MemoryAdapter): void => {
  const call: Handler<'adapterReset'> = { kind: 'adapterReset', adapter: adapter.handle };
  adapter.clearForReset();
  world.cancelRequests((request) => request.adapter === adapter.handle);
  world.call(call, ({ adapterReset }) => adapterReset({ adapter: adapter.handle }));
  adapter.connect = undefined;
  adapter.see(call);
  world.shims.see(call);
};

/** R10, R161: usually the last Stop comes first. */
const stopAll = (world: World, adapter: MemoryAdapter): void => {
  const status = AssocStatus.codes.DISASSOCIATED_BY_OS;
  for (const { peer } of adapter.ports)
    stopPort(world, adapter, { kind: 'stopPostAssociate', adapter: adapter.handle, peer, status });
};

/** R7: the handles are dead from here on, while the handler still runs. */
export const deinitAdapter = (world: World, adapter: MemoryAdapter, stopsFirst: boolean): void => {
  if (!adapter.isAlive) return;
  const call: Handler<'deinitAdapter'> = { kind: 'deinitAdapter', adapter: adapter.handle };
  if (stopsFirst) stopAll(world, adapter);
  adapter.isAlive = false;
  adapter.clearForReset();
  world.cancelRequests((request) => request.adapter === adapter.handle);
  world.call(call, (handlers) => handlers.deinitAdapter({ adapter: adapter.handle }));
  adapter.see(call);
  world.shims.see(call);
  if (world.virtualStation === adapter) world.virtualStation = 'none';
};

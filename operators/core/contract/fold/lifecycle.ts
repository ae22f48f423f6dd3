import type { AdapterHandle, Handler } from '../../../../streams/events/index.js';
import { NO_ETHER_TYPES, newAdapter } from '../world/Adapter.js';
import { remember } from '../world/memory.js';
import type { Line, OpenHandler, World } from '../world/World.js';
import { adapterOf } from './adapterOf.js';
import { endPorts } from './endPort.js';

const forgetAdapters = (world: World): void => {
  for (const adapter of world.adapters.values()) endPorts(world, adapter, 'deinit', world.service.by);
  world.adapters.clear();
  world.gone.clear();
  world.packets.clear();
};

/** The version query opens a new life of the DLL: what came before belongs to an older one. */
export const getVersionInfo = (world: World): void => {
  if (world.service.phase !== 'up') world.service.early = undefined;
};

export const initService = (world: World, _: Handler<'initService'>, { n }: Line): void => {
  if (world.service.phase !== 'unknown') forgetAdapters(world);
  world.service = { phase: 'up', by: n, early: undefined, virtualStations: false };
};

export const deinitService = (world: World, _: Handler<'deinitService'>, { n }: Line): void => {
  world.service = { ...world.service, phase: 'leaving', by: n };
};

export const initVirtualStation = (world: World): void => {
  world.service.virtualStations = true;
};

export const initAdapter = (world: World, { adapter, service }: Handler<'initAdapter'>, { n }: Line): void => {
  const older = world.adapters.get(adapter);
  if (older !== undefined) endPorts(world, older, 'deinit', n);
  world.gone.delete(adapter);
  world.adapters.set(adapter, newAdapter(adapter, service, n));
};

/** Packets of an adapter that leaves are released by its deinit (R81). */
const forgetPackets = (world: World, adapter: AdapterHandle): void => {
  for (const [packet, sent] of world.packets) if (sent.adapter === adapter) world.packets.delete(packet);
};

export const deinitAdapter = (world: World, { adapter: handle }: Handler<'deinitAdapter'>, { n }: Line): void => {
  const adapter = world.adapters.get(handle);
  if (adapter !== undefined) endPorts(world, adapter, 'deinit', n);
  const arrival = adapter?.since;
  if (arrival !== undefined && world.virtualStation !== undefined && arrival > world.virtualStation.n)
    world.virtualStation = undefined;
  world.adapters.delete(handle);
  remember(world.gone, handle, n);
  forgetPackets(world, handle);
};

export const adapterReset = (world: World, { adapter: handle }: Handler<'adapterReset'>, open: OpenHandler): void => {
  const adapter = adapterOf(world, handle);
  if (adapter === undefined) return;
  open.resets = endPorts(world, adapter, 'reset', open.n);
  open.baseline = adapter.baseline;
  // The host clears both lists before it calls (R66).
  adapter.etherTypes = { registered: NO_ETHER_TYPES, exempted: NO_ETHER_TYPES };
  adapter.registrationWindow = 'open';
  adapter.excludes = undefined;
  adapter.associated = 'none';
  adapter.associating = undefined;
  adapter.leftBehind = undefined;
  const operation = adapter.preAssociation;
  if (operation?.phase === 'open') operation.phase = 'cancelling';
};

import type { Adapter } from '../world/Adapter.js';
import type { OpenHandler, World } from '../world/World.js';
import { acceptPort, refusePort } from './admission.js';
import { endOneX, endPorts } from './endPort.js';

/** A handler's return: its code, and whether the log recorded it or only implies it. */
export interface Return {
  readonly win32: number;
  readonly implied: boolean;
}

const returnPerform = (world: World, adapter: Adapter, { port }: OpenHandler, { win32, implied }: Return): void => {
  if (port === undefined || adapter.ports.get(port.session) !== port) return;
  if (win32 === 0) acceptPort(world, adapter, port, implied);
  else refusePort(world, adapter, port);
};

const returnPreAssociate = ({ preAssociation }: Adapter, { n }: OpenHandler, { win32 }: Return): void => {
  if (win32 !== 0 && preAssociation?.by === n) preAssociation.phase = 'refused';
};

const returnReset = (adapter: Adapter): void => {
  endOneX(adapter);
  if (adapter.preAssociation?.phase === 'cancelling') adapter.preAssociation.phase = 'cancelled';
};

const returnInit = (world: World, adapter: Adapter, { n }: OpenHandler, { win32 }: Return): void => {
  if (win32 !== 0 && adapter.since === n) world.adapters.delete(adapter.handle);
};

const returnOfAdapter = (world: World, adapter: Adapter, open: OpenHandler, result: Return): void => {
  if (open.kind === 'performPostAssociate') returnPerform(world, adapter, open, result);
  if (open.kind === 'performPreAssociate') returnPreAssociate(adapter, open, result);
  if (open.kind === 'stopPostAssociate') endOneX(adapter);
  if (open.kind === 'adapterReset') returnReset(adapter);
  if (open.kind === 'initAdapter') returnInit(world, adapter, open, result);
};

const returnDeinit = (world: World, { adapter }: OpenHandler): void => {
  for (const open of world.handlers.values()) if (open.adapter === adapter) world.handlers.delete(open.n);
  for (const [buffer, allocation] of world.buffers) if (allocation.adapter === adapter) world.buffers.delete(buffer);
};

const returnDeinitService = (world: World, { n }: OpenHandler): void => {
  for (const adapter of world.adapters.values()) endPorts(world, adapter, 'deinit', n);
  world.adapters.clear();
  world.buffers.clear();
  world.packets.clear();
  world.service = { ...world.service, phase: 'down' };
};

/** What a return makes true. */
export const foldReturn = (world: World, open: OpenHandler, result: Return): void => {
  world.handlers.delete(open.n);
  if (open.kind === 'deinitService') returnDeinitService(world, open);
  if (open.kind === 'deinitAdapter') returnDeinit(world, open);
  const adapter = open.adapter === undefined ? undefined : world.adapters.get(open.adapter);
  if (adapter !== undefined) returnOfAdapter(world, adapter, open, result);
};

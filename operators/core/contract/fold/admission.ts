import type { SessionHandle } from '../../../../streams/events/index.js';
import type { Adapter } from '../world/Adapter.js';
import { type Port, portKey } from '../world/Port.js';
import type { World } from '../world/World.js';
import { endOneX, endPort } from './endPort.js';

/** The accepted port takes the place of any older one, which ends as if it had been stopped (R43). */
export const acceptPort = (world: World, adapter: Adapter, port: Port, implied: boolean): void => {
  port.returnImplied = implied;
  for (const older of [...adapter.ports.values()]) if (older !== port) endPort(world, adapter, older, 'replaced', port.openedBy);
  endOneX(adapter);
  if (port.phase !== 'opening') return;
  port.phase = 'pending';
  world.waiting.set(portKey(port.adapter, port.session), port);
};

export const refusePort = (world: World, adapter: Adapter, port: Port): void => {
  endPort(world, adapter, port, 'refused', port.openedBy);
  endOneX(adapter);
};

/** A return that comes after it was already implied can still refuse its port. */
export const refuseLate = (world: World, adapter: Adapter | undefined, session: SessionHandle | undefined): void => {
  const port = session === undefined ? undefined : adapter?.ports.get(session);
  if (adapter !== undefined && port?.returnImplied === true) refusePort(world, adapter, port);
};

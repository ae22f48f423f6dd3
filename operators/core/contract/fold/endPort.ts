import type { Adapter } from '../world/Adapter.js';
import { remember } from '../world/memory.js';
import { type EndedPort, type Port, portKey } from '../world/Port.js';
import type { World } from '../world/World.js';

const wipeKeys = (port: Port): void => {
  for (const { key } of port.installed) key.zeroise();
  port.installed = [];
};

/** Wipes every key the world still holds, for whoever gives the world up (R11). */
export const wipeWorld = ({ adapters }: World): void => {
  for (const { ports } of adapters.values()) for (const port of ports.values()) wipeKeys(port);
};

/** Buries a port: its keys are wiped, and only what its silence is judged by is remembered. */
export const endPort = (world: World, adapter: Adapter, port: Port, how: EndedPort['how'], by: number): EndedPort => {
  const key = portKey(port.adapter, port.session);
  const { session, peer, phase, openedBy, completedBy } = port;
  const ended = { adapter: port.adapter, session, peer, how, by, openedBy, phase, completedBy, cancelledBy: undefined };
  wipeKeys(port);
  adapter.ports.delete(session);
  world.waiting.delete(key);
  remember(world.ended, key, ended);
  return ended;
};

/** Ends all ports of an adapter. */
export const endPorts = (world: World, adapter: Adapter, how: EndedPort['how'], by: number): ReadonlyArray<EndedPort> =>
  [...adapter.ports.values()].map((port) => endPort(world, adapter, port, how, by));

/** 802.1X of a port that is no more runs on only until the handler that ended it has returned (R117). */
export const endOneX = (adapter: Adapter): void => {
  if (adapter.oneX !== undefined && !adapter.ports.has(adapter.oneX.session)) adapter.oneX = undefined;
};

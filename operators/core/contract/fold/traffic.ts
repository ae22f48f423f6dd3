import { EtherType, type Handler, isOneXReason, OneXResult } from '../../../../streams/events/index.js';
import { isEapolKey, isWhole } from '../eapol.js';
import type { OpenHandler, World } from '../world/World.js';

/** More than a module is ever behind by; older packets are no longer asked for. */
const BACKLOG = 64;

export const receivePacket = (world: World, event: Handler<'receivePacket'>, { n }: OpenHandler): void => {
  const run = world.adapters.get(event.adapter)?.oneX;
  const port = run && world.adapters.get(event.adapter)?.ports.get(run.session);
  if (run === undefined || port?.peer !== event.peer || event.etherType !== EtherType.codes.EAPOL) return;
  if (isEapolKey(event.payload) || !isWhole(event.payload)) return;
  run.waiting = [...run.waiting, { n, payload: event.payload }].slice(-BACKLOG);
};

export const sendPacketCompletion = (world: World, { packet }: Handler<'sendPacketCompletion'>): void => {
  world.showsSendCompletions = true;
  world.packets.delete(packet);
};

export const oneXIndicateResult = (world: World, event: Handler<'oneXIndicateResult'>, { n }: OpenHandler): void => {
  const adapter = world.adapters.get(event.adapter);
  if (adapter?.oneX === undefined || event.result === OneXResult.codes.IN_PROGRESS) return;
  const port = adapter.ports.get(adapter.oneX.session);
  adapter.oneX = undefined;
  const reason = event.parameters?.reason ?? 0;
  if (port !== undefined && event.result === OneXResult.codes.FAILURE && isOneXReason(reason)) port.oneXFailure = { n, reason };
};

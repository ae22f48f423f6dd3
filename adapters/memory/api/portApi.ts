import { type EffectOf, isIhvReason, isUnicast, Win32 } from '../../../streams/events/index.js';
import { portNotification } from '../../../streams/sources/index.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import { completeSend } from '../script/sends.js';
import type { World } from '../World.js';
import { type Answer, type Api, forLivingPort, forPort } from './guards.js';

const { ERROR_SUCCESS, ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE, ERROR_ALREADY_EXISTS } = Win32.codes;

const SEND_DELAY_MS = 1;

/** The buffer comes back later, or at once for a host that is in a hurry (R265). */
const releaseLater = (world: World, packet: number): void => {
  const { sendCompletions = 'later', sendDelay = SEND_DELAY_MS } = world.options;
  if (sendCompletions === 'within') completeSend(world, packet);
  if (sendCompletions === 'later') world.later(sendDelay, () => completeSend(world, packet));
};

const send = (world: World, adapter: MemoryAdapter, effect: EffectOf<'sendPacket'>): Answer => {
  const { packet, peer, etherType, payload } = effect;
  if (!isUnicast(peer)) return world.refuse(effect, 'R75', ERROR_INVALID_PARAMETER, `${peer} is not unicast`);
  if (world.sends.has(packet)) return world.refuse(effect, 'R71', ERROR_ALREADY_EXISTS, `packet ${packet} is out already`);
  adapter.sent.push({ peer, etherType, payload: payload.slice() });
  world.sends.set(packet, adapter);
  releaseLater(world, packet);
  return ERROR_SUCCESS;
};

/** R171, R172: either both codes say success, or both say failure. */
const isConsistent = ({ reason, win32 }: EffectOf<'postAssociateCompletion'>): boolean =>
  win32 === ERROR_SUCCESS ? reason === 0 || isIhvReason(reason) : reason !== 0;

const objectionTo = (world: World, adapter: MemoryAdapter, effect: EffectOf<'postAssociateCompletion'>) => {
  const isPending = adapter.pending.has(effect.session);
  const state = effect.win32 === ERROR_SUCCESS ? 'authorised' : 'unauthorised';
  if (world.isInside('stopPostAssociate', adapter)) return { rule: 'R193', message: 'it came inside stopPostAssociate' };
  // R151: owed inside the reset handler, wherever that was called from.
  if (world.isInside('adapterReset', adapter)) return isPending ? undefined : { rule: 'R152', message: 'none is pending' };
  if (world.isInside('performPostAssociate', adapter)) return { rule: 'R37', message: 'it came inside performPostAssociate' };
  if (!isPending && adapter.port(effect.session)?.state === state)
    return { rule: 'R176', message: `the port is ${state} already` };
  return;
};

const complete = (world: World, adapter: MemoryAdapter, effect: EffectOf<'postAssociateCompletion'>): Answer => {
  if (!isConsistent(effect)) return world.refuse(effect, 'R172', ERROR_INVALID_PARAMETER, 'its two codes contradict each other');
  const objection = objectionTo(world, adapter, effect);
  if (objection !== undefined) return world.refuse(effect, objection.rule, ERROR_INVALID_STATE, objection.message);
  adapter.pending.delete(effect.session);
  adapter.completions.push(effect);
  adapter.see(effect);
  const notification = portNotification(effect);
  if (notification !== undefined) adapter.portNotifications.push(notification);
  return ERROR_SUCCESS;
};

/** The calls of a data port that are about packets and the verdict. */
export const portApi = (world: World): Api<'sendPacket' | 'postAssociateCompletion'> => ({
  sendPacket: forLivingPort(world, 'R80', (adapter, effect) => send(world, adapter, effect)),
  postAssociateCompletion: forPort(world, (adapter, effect) => complete(world, adapter, effect)),
});

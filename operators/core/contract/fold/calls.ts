import { AuthAlgorithm, type EffectOf, EtherType, ExemptionAction } from '../../../../streams/events/index.js';
import { isEapolKey, isForwardOf, messageOf } from '../eapol.js';
import { remember } from '../world/memory.js';
import { type Port, portKey } from '../world/Port.js';
import { isOpen, type Line, type World } from '../world/World.js';
import { adapterOf } from './adapterOf.js';

const livePort = (world: World, call: EffectOf<'sendPacket' | 'startOneX' | 'postAssociateCompletion'>) =>
  world.adapters.get(call.adapter)?.ports.get(call.session);

export const setEtherTypeHandling = (world: World, call: EffectOf<'setEtherTypeHandling'>): void => {
  const adapter = adapterOf(world, call.adapter);
  if (adapter === undefined) return;
  remember(world.calls, call.call, { kind: 'etherTypes', adapter, before: adapter.etherTypes });
  const registered = new Set(call.registrations);
  const exemptions = call.exemptions.filter(({ action }) => action !== ExemptionAction.codes.NONE);
  adapter.etherTypes = { registered, exempted: new Set(exemptions.map(({ etherType }) => etherType)) };
  const isOutsideOfConnections = adapter.registrationWindow === 'open' && adapter.preAssociation?.phase !== 'open';
  if (isOutsideOfConnections) adapter.baseline = registered;
};

export const preAssociateCompletion = (world: World, call: EffectOf<'preAssociateCompletion'>, { n }: Line): void => {
  const adapter = world.adapters.get(call.adapter);
  const operation = adapter?.preAssociation;
  if (adapter === undefined || operation?.connect !== call.connect || operation.completedBy !== undefined) return;
  operation.completedBy = n;
  if (operation.phase !== 'open') return;
  operation.phase = 'completed';
  adapter.registrationWindow = 'closed';
  adapter.registrationClosedBy = n;
};

/** More than any handshake is repeated before it is over. */
const REPETITIONS = 16;

const micLengthOf = ({ association }: Port): number => (association.authAlgorithm === AuthAlgorithm.codes.WPA3_ENT_192 ? 24 : 16);

/** Message 2 begins a handshake anew, so no message 4 of an older one counts for it. */
const noteKeyFrame = (port: Port, { packet, payload }: EffectOf<'sendPacket'>, n: number): void => {
  const frame = { n, packet, message: messageOf(payload, micLengthOf(port)) };
  port.keyFrames = frame.message === 2 ? [frame] : [...port.keyFrames, frame].slice(-REPETITIONS);
};

export const sendPacket = (world: World, call: EffectOf<'sendPacket'>, { n }: Line): void => {
  if (!world.adapters.has(call.adapter)) return;
  remember(world.packets, call.packet, { n, adapter: call.adapter });
  remember(world.calls, call.call, { kind: 'sendPacket', packet: call.packet });
  const port = livePort(world, call);
  if (port === undefined || call.etherType !== EtherType.codes.EAPOL) return;
  if (isEapolKey(call.payload)) noteKeyFrame(port, call, n);
};

export const startOneX = (world: World, call: EffectOf<'startOneX'>, { n }: Line): void => {
  // Attributes become the host's to free (R103).
  if (call.attributes !== undefined) world.buffers.delete(call.attributes);
  const adapter = world.adapters.get(call.adapter);
  const port = livePort(world, call);
  if (adapter === undefined || port === undefined) return;
  adapter.oneX = { session: call.session, n, call: call.call, waiting: [] };
  port.oneXFailure = undefined;
  remember(world.calls, call.call, { kind: 'startOneX', adapter });
};

export const stopOneX = (world: World, call: EffectOf<'stopOneX'>): void => {
  const adapter = world.adapters.get(call.adapter);
  if (adapter?.oneX?.session === call.session) adapter.oneX = undefined;
};

export const processOneXPacket = (world: World, call: EffectOf<'processOneXPacket'>): void => {
  const run = world.adapters.get(call.adapter)?.oneX;
  if (run === undefined) return;
  const found = run.waiting.findIndex(({ payload }) => isForwardOf(call.packet, payload));
  run.waiting = run.waiting.slice(found + 1);
};

export const setExcludeUnencrypted = (world: World, call: EffectOf<'setExcludeUnencrypted'>, { n }: Line): void => {
  const adapter = world.adapters.get(call.adapter);
  if (adapter !== undefined) adapter.excludes = call.exclude ? { n } : undefined;
};

export const postAssociateCompletion = (world: World, call: EffectOf<'postAssociateCompletion'>, { n }: Line): void => {
  const ended = world.ended.get(portKey(call.adapter, call.session));
  if (ended !== undefined) ended.cancelledBy ??= n;
  const port = livePort(world, call);
  if (port === undefined) return;
  port.phase = call.win32 === 0 ? 'authorised' : 'failed';
  port.completedBy = n;
  port.oneXFailure = undefined;
  // A failure has said what a refused key makes true (R136).
  if (call.win32 !== 0) port.refusedKey = undefined;
  world.waiting.delete(portKey(call.adapter, call.session));
};

export const sendUIRequest = (world: World, { request }: EffectOf<'sendUIRequest'>, { n }: Line): void =>
  remember(world.requests, request, n);

/** What these handlers return, the host frees (R233). */
const handsOver = (world: World): boolean => isOpen(world, 'queryUIRequest') || isOpen(world, 'createDiscoveryProfiles');

export const allocateBuffer = (world: World, { call, adapter }: EffectOf<'allocateBuffer'>, { n }: Line): void => {
  if (!handsOver(world)) remember(world.calls, call, { kind: 'allocateBuffer', adapter, n });
};

export const freeBuffer = (world: World, { buffer }: EffectOf<'freeBuffer'>): void => {
  world.buffers.delete(buffer);
};

export const requestVirtualStation = (world: World, { call }: EffectOf<'requestVirtualStation'>, line: Line): void => {
  world.virtualStation = { n: line.n, at: line.at };
  remember(world.calls, call, { kind: 'virtualStation' });
};

export const releaseVirtualStation = (world: World): void => {
  world.virtualStation = undefined;
};

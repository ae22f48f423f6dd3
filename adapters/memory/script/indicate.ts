import { AssocStatus, BROADCAST, type Handler, type Indication, Win32 } from '../../../streams/events/index.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import type { World } from '../World.js';
import { stopPort } from './adapters.js';

/** R36: a call that was refused started nothing, so no completion is awaited. */
const openPort = (world: World, adapter: MemoryAdapter, call: Handler<'performPostAssociate'>): void => {
  const { kind: _, ...args } = call;
  adapter.see(call);
  adapter.pending.add(call.session);
  const win32 = world.call(call, ({ performPostAssociate }) => performPostAssociate(args));
  if (win32 !== Win32.codes.ERROR_SUCCESS) adapter.pending.delete(call.session);
};

/** What the miniport has done to its keys by the time it indicates (R130, R131). */
const changeKeys = ({ keys, ports }: MemoryAdapter, indication: Indication): void => {
  if (indication.kind === 'associationCompletion' && indication.association.status === AssocStatus.codes.SUCCESS)
    keys.wipeFor(indication.association.peer);
  if (
    indication.kind === 'disassociation' &&
    (indication.peer === BROADCAST || ports.some(({ peer }) => peer === indication.peer))
  )
    keys.dropDynamic();
  // Leaving one access point for another ends the first association (R211).
  if (indication.kind === 'associationStart' && ports.length > 0) keys.dropDynamic();
};

/** The miniport indicates: to the engine it is an event, to the host a reason to end or open ports. */
export const indicate = (world: World, adapter: MemoryAdapter, indication: Indication): void => {
  changeKeys(adapter, indication);
  world.door?.offer(indication);
  for (const call of world.shims.see(indication)) {
    if (call.kind === 'stopPostAssociate') stopPort(world, adapter, call);
    else openPort(world, adapter, call);
  }
};

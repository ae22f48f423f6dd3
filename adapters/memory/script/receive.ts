import type { Arrival } from '../BackLog.js';
import type { MemoryAdapter } from '../MemoryAdapter.js';
import { filtered, type ReceivedFrame } from '../receiveFilter.js';
import type { World } from '../World.js';

/** R86: the buffer is the host's, and is overwritten as soon as the handler has returned. */
export const deliver = (world: World, { handle: adapter }: MemoryAdapter, frame: ReceivedFrame): void => {
  const { peer, etherType } = frame;
  const buffer = frame.payload.slice();
  const onAir = world.options.tellsProtection === true ? { protected: frame.protected } : {};
  world.call({ kind: 'receivePacket', adapter }, ({ receivePacket }) =>
    receivePacket({ adapter, peer, etherType, payload: buffer, ...onAir }),
  );
  buffer.fill(0xee);
};

/** A frame off the air: through the filters, then to the engine or behind the frame it is busy with. */
export const receive = (adapter: MemoryAdapter, frame: ReceivedFrame): Arrival => {
  const { filter, keys, backLog } = adapter;
  const dropped = filtered(filter, frame, keys.hasKeyFor(frame.peer));
  if (dropped === undefined) return backLog.take(frame, filter.maxBackLog);
  adapter.drop(frame, dropped);
  return dropped;
};

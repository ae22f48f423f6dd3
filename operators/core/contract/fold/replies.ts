import type { Reply } from '../../../../streams/events/index.js';
import { remember } from '../world/memory.js';
import type { AskedCall, World } from '../world/World.js';
import { answerKey } from './keys.js';

/** What a refusal takes back of what its call was taken to have done. */
const refuse = (world: World, asked: AskedCall, call: number): void => {
  if (asked.kind === 'etherTypes') asked.adapter.etherTypes = asked.before;
  if (asked.kind === 'startOneX' && asked.adapter.oneX?.call === call) asked.adapter.oneX = undefined;
  // Nothing was sent, so no completion will come (R74).
  if (asked.kind === 'sendPacket') world.packets.delete(asked.packet);
  if (asked.kind === 'virtualStation') world.virtualStation = undefined;
};

export const reply = (world: World, { call, win32, buffer }: Reply): void => {
  if (win32 === 0) world.showsReplies = true;
  const asked = world.calls.get(call);
  if (asked === undefined) return;
  world.calls.delete(call);
  if (asked.kind === 'key') answerKey(asked.port, call, win32);
  else if (win32 !== 0) refuse(world, asked, call);
  else if (asked.kind === 'allocateBuffer' && buffer !== undefined)
    remember(world.buffers, buffer, { n: asked.n, adapter: asked.adapter });
};

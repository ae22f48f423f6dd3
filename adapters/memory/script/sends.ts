import type { World } from '../World.js';

/** Gives the buffer of one sent packet back, once; a service that has ended is not called any more. */
export const completeSend = (world: World, packet: number): void => {
  if (!world.sends.delete(packet) || !world.isInService) return;
  world.call({ kind: 'sendPacketCompletion' }, ({ sendPacketCompletion }) => sendPacketCompletion({ packet }));
};

import type { MacAddress } from '../../../streams/events/index.js';
import type { Packet } from '../method/inputs.js';

/**
 * Packets of an access point whose port is not open yet: the first message of a handshake can overtake the call that opens
 * the port (R88). Held for one announced peer at a time, and few.
 */
export interface EarlyPackets {
  readonly peer: MacAddress;
  readonly packets: ReadonlyArray<Packet>;
}

const AT_MOST = 8;

export const announced = (early: EarlyPackets | undefined, peer: MacAddress): EarlyPackets =>
  early?.peer === peer ? early : { peer, packets: [] };

export const held = (early: EarlyPackets, packet: Packet): EarlyPackets => ({
  ...early,
  packets: [...early.packets, packet].slice(-AT_MOST),
});

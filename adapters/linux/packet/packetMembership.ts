import { type MacAddress, macToBytes } from '../../../streams/events/index.js';

/** What an interface is to let in beside what is sent to it (packet(7), struct packet_mreq). */
export type PacketMembership =
  | { readonly index: number; readonly group: MacAddress }
  /** Everything on the wire. */
  | { readonly index: number; readonly group: 'all' };

export const SOL_PACKET = 263;
export const PACKET_ADD_MEMBERSHIP = 1;

const PACKET_MR_MULTICAST = 0;
const PACKET_MR_PROMISC = 1;
const SIZE = 16;
const MAC_LENGTH = 6;
const AT = { index: 0, type: 4, addressLength: 6, address: 8 } as const;

export const writePacketMembership = ({ index, group }: PacketMembership): Uint8Array => {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(AT.index, index, true);
  if (group === 'all') {
    view.setUint16(AT.type, PACKET_MR_PROMISC, true);
    return bytes;
  }
  view.setUint16(AT.type, PACKET_MR_MULTICAST, true);
  view.setUint16(AT.addressLength, MAC_LENGTH, true);
  bytes.set(macToBytes(group), AT.address);
  return bytes;
};

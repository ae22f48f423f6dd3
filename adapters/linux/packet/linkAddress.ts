import { type MacAddress, macFromBytes, macToBytes } from '../../../streams/events/index.js';

/** Where a packet goes to or came from, below the network (packet(7), struct sockaddr_ll). */
export interface LinkAddress {
  readonly etherType: number;
  /** The number of the interface. */
  readonly index: number;
  /** Only of what came: to whom it was sent. */
  readonly packetType?: number;
  readonly address?: MacAddress;
}

export const AF_PACKET = 17;

/** What a packet is to the interface it was seen on (linux/if_packet.h). */
export const PacketType = { HOST: 0, BROADCAST: 1, MULTICAST: 2, OTHERHOST: 3, OUTGOING: 4 } as const;

const SIZE = 20;
const MAC_LENGTH = 6;
const AT = { family: 0, protocol: 2, index: 4, packetType: 10, addressLength: 11, address: 12 } as const;

/** The protocol stands in network order, all else in that of the machine. */
export const writeLinkAddress = ({ etherType, index, address }: LinkAddress): Uint8Array => {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint16(AT.family, AF_PACKET, true);
  view.setUint16(AT.protocol, etherType);
  view.setInt32(AT.index, index, true);
  if (address === undefined) return bytes;
  view.setUint8(AT.addressLength, MAC_LENGTH);
  bytes.set(macToBytes(address), AT.address);
  return bytes;
};

/** What the kernel wrote; nothing if it is of another family, or of a network without addresses of six octets. */
export const readLinkAddress = (bytes: Uint8Array): Required<LinkAddress> | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < AT.address + MAC_LENGTH || view.getUint16(AT.family, true) !== AF_PACKET) return undefined;
  if (view.getUint8(AT.addressLength) !== MAC_LENGTH) return undefined;
  return {
    etherType: view.getUint16(AT.protocol),
    index: view.getInt32(AT.index, true),
    packetType: view.getUint8(AT.packetType),
    address: macFromBytes(bytes, AT.address),
  };
};

import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { pack, u16be } from './pack.js';
import { decode } from './Reader.js';

/** A packet to or from a peer, whatever bytes it travels in: the common part of `receivePacket` and `sendPacket`. */
export interface SecurityPacket {
  readonly peer: MacAddress;
  readonly etherType: number;
  readonly payload: Uint8Array;
  /** Whether it was encrypted on the air; only a form that shows the frame can tell. */
  readonly protected?: boolean;
}

/**
 * The short form: DOT11_SECURITY_PACKET_HEADER (packed) and the payload. On receive its address is taken as the sender's,
 * which the page does not confirm (C11).
 */
export const readSecurityPacket = (bytes: Uint8Array): Decoded<SecurityPacket> =>
  decode('DOT11_SECURITY_PACKET_HEADER', bytes, (reader) => ({
    peer: reader.mac('PeerMac'),
    etherType: reader.u16be('usEtherType'),
    payload: reader.rest('Data'),
  }));

export const writeSecurityPacket = ({ peer, etherType, payload }: SecurityPacket): Uint8Array =>
  pack(macToBytes(peer), u16be(etherType), payload);

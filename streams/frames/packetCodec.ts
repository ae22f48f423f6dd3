import { map } from 'fp-ts/lib/Either.js';
import type { MacAddress } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { type DataFrame, readDataFrame, writeDataFrame } from './dataFrame.js';
import { readSecurityPacket, type SecurityPacket, writeSecurityPacket } from './securityPacket.js';

/**
 * How packets look in the buffers of `SendPacket` and `ReceivePacket`: `write` makes what a station sends, `read` takes what
 * it receives. The documents describe two forms (C10), so the form is a value.
 *
 * @since 0.1.0
 */
export interface PacketCodec {
  readonly read: (bytes: Uint8Array) => Decoded<SecurityPacket>;
  readonly write: (packet: SecurityPacket) => Uint8Array;
}

/** Address, EtherType, payload: the default (R77). */
export const shortPackets: PacketCodec = { read: readSecurityPacket, write: writeSecurityPacket };

/** Complete data frames of one station, which has to be known because only this form names it (R77). */
export const fullPackets = (station: MacAddress): PacketCodec => ({
  read: (bytes) => map(({ station: _, direction: __, ...packet }: DataFrame): SecurityPacket => packet)(readDataFrame(bytes)),
  write: (packet) => writeDataFrame({ ...packet, station, direction: 'toAp' }),
});

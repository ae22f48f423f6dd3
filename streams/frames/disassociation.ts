import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { ihvData, writeIhvData } from './ihvData.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u32, zeros } from './pack.js';
import { decode } from './Reader.js';

/** The end of an association; the broadcast address means every peer (R213). */
export interface Disassociation {
  readonly peer: MacAddress;
  /** A DOT11_ASSOC_STATUS (R196). */
  readonly reason: number;
  readonly ihvData: Uint8Array;
}

const DISASSOCIATION_SIZE = 24;

/** DOT11_DISASSOCIATION_PARAMETERS */
export const readDisassociation = (bytes: Uint8Array): Decoded<Disassociation> =>
  decode('DOT11_DISASSOCIATION_PARAMETERS', bytes, (reader) => {
    reader.need(DISASSOCIATION_SIZE);
    objectHeader(reader, DISASSOCIATION_SIZE);
    const peer = reader.mac('MacAddr');
    reader.skip(2);
    return { peer, reason: reader.u32('uReason'), ihvData: ihvData(reader) };
  });

export const writeDisassociation = ({ peer, reason, ihvData: data }: Disassociation): Uint8Array =>
  pack(defaultHeader(DISASSOCIATION_SIZE), macToBytes(peer), zeros(2), u32(reason), ...writeIhvData(DISASSOCIATION_SIZE, data));

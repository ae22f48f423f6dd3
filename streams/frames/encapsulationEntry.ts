import type { AssociationCompletion } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { pack, u16, u16be } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** One EtherType and how its frames are encapsulated (1 RFC 1042, 2 802.1H); EtherType 0 stands for all. */
export type EncapsulationEntry = AssociationCompletion['encapsulation'][number];

export const ENCAPSULATION_ENTRY_SIZE = 4;

/** The EtherType is big-endian in memory, like every other in this interface (R61). */
export const encapsulationEntry = (reader: Reader): EncapsulationEntry => ({
  etherType: reader.u16be('usEtherType'),
  encapsulation: reader.u16('usEncapType'),
});

/** DOT11_ENCAP_ENTRY */
export const readEncapsulationEntry = (bytes: Uint8Array): Decoded<EncapsulationEntry> =>
  decode('DOT11_ENCAP_ENTRY', bytes, encapsulationEntry);

export const writeEncapsulationEntry = ({ etherType, encapsulation }: EncapsulationEntry): Uint8Array =>
  pack(u16be(etherType), u16(encapsulation));

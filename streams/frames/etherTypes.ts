import type { Decoded } from './DecodeError.js';
import { pack, u16be } from './pack.js';
import { decode } from './Reader.js';

/** The registration list of `SetEtherTypeHandling`: 16-bit big-endian values, EAPOL is the bytes 88 8E (R61). */
export const readEtherTypes = (bytes: Uint8Array): Decoded<ReadonlyArray<number>> =>
  decode('EtherType registrations', bytes, (reader) => reader.repeat((entry) => entry.u16be('pusRegistration')));

export const writeEtherTypes = (etherTypes: ReadonlyArray<number>): Uint8Array => pack(...etherTypes.map(u16be));

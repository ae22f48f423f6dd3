import type { Decoded } from './DecodeError.js';
import { pack, u8, u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** NDIS_OBJECT_HEADER; `size` is that of the fixed structure, not of what follows it. */
export interface ObjectHeader {
  readonly type: number;
  readonly revision: number;
  readonly size: number;
}

const OBJECT_HEADER_SIZE = 4;

/** NDIS_OBJECT_TYPE_DEFAULT */
const OBJECT_TYPE_DEFAULT = 0x80;

/** Reads the header of a structure whose fixed part takes `fixedSize` bytes, and holds it against the buffer (R34). */
export const objectHeader = (reader: Reader, fixedSize: number): ObjectHeader => {
  const { at, remaining } = reader;
  const type = { field: 'Header.Type', at, value: reader.u8('Header.Type') };
  const revision = { field: 'Header.Revision', at: at + 1, value: reader.u8('Header.Revision') };
  const size = { field: 'Header.Size', at: at + 2, value: reader.u16('Header.Size') };
  reader.check(type.value === OBJECT_TYPE_DEFAULT, 'HEADER', type, 'NDIS_OBJECT_TYPE_DEFAULT (128)');
  reader.check(revision.value >= 1, 'HEADER', revision, 'at least 1');
  reader.check(size.value >= fixedSize, 'HEADER', size, `at least ${fixedSize}`);
  reader.check(size.value <= remaining, 'HEADER', size, `at most the ${remaining} bytes given`);
  return { type: type.value, revision: revision.value, size: size.value };
};

/** Looks at the header alone, for a caller that has yet to find out which structure it holds. */
export const readObjectHeader = (bytes: Uint8Array): Decoded<ObjectHeader> =>
  decode('NDIS_OBJECT_HEADER', bytes, (reader) => objectHeader(reader, OBJECT_HEADER_SIZE));

export const writeObjectHeader = ({ type, revision, size }: ObjectHeader): Uint8Array => pack(u8(type), u8(revision), u16(size));

/** Revision 1 (or another) of a structure with a fixed part of `size` bytes. */
export const defaultHeader = (size: number, revision = 1): Uint8Array =>
  writeObjectHeader({ type: OBJECT_TYPE_DEFAULT, revision, size });

import { readNetlinkAttributes } from '../netlink/netlinkMessage.js';

/** Attributes as they came, found by their number; of several with the same number the last. */
export type Attributes = ReadonlyMap<number, Uint8Array>;

const HEADER_SIZE = 4;
const NESTED = 0x8000;
const NOTHING = new Uint8Array(0);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const aligned = (size: number): number => (size + 3) & ~3;

export const joined = (pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** An attribute of netlink (struct nlattr) with its padding. */
export const attribute = (type: number, value: Uint8Array): Uint8Array => {
  const size = HEADER_SIZE + value.length;
  const bytes = new Uint8Array(aligned(size));
  viewOf(bytes).setUint16(0, size, true);
  viewOf(bytes).setUint16(2, type, true);
  bytes.set(value, HEADER_SIZE);
  return bytes;
};

export const flagAttribute = (type: number): Uint8Array => attribute(type, NOTHING);

export const u8Attribute = (type: number, value: number): Uint8Array => attribute(type, Uint8Array.of(value));

export const u16Attribute = (type: number, value: number): Uint8Array => {
  const bytes = new Uint8Array(2);
  viewOf(bytes).setUint16(0, value, true);
  return attribute(type, bytes);
};

export const u32Attribute = (type: number, ...values: ReadonlyArray<number>): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  for (const [i, value] of values.entries()) viewOf(bytes).setUint32(4 * i, value, true);
  return attribute(type, bytes);
};

/** Text ends in a zero. */
export const textAttribute = (type: number, text: string): Uint8Array => attribute(type, new TextEncoder().encode(`${text}\0`));

export const nestedAttribute = (type: number, pieces: ReadonlyArray<Uint8Array>): Uint8Array =>
  attribute(type | NESTED, joined(pieces));

/** What stands one behind the other, such as the members of a list. */
export const listIn = (bytes: Uint8Array | undefined): ReadonlyArray<Uint8Array> =>
  readNetlinkAttributes(bytes ?? NOTHING, 0).map(({ value }) => value);

export const attributesIn = (bytes: Uint8Array | undefined, start = 0): Attributes =>
  new Map(readNetlinkAttributes(bytes ?? NOTHING, start).map(({ type, value }) => [type, value]));

const atLeast = (value: Uint8Array | undefined, size: number): DataView | undefined =>
  value !== undefined && value.length >= size ? viewOf(value) : undefined;

export const u8In = (attributes: Attributes, type: number): number | undefined => attributes.get(type)?.[0];
export const u16In = (attributes: Attributes, type: number): number | undefined =>
  atLeast(attributes.get(type), 2)?.getUint16(0, true);
export const u32In = (attributes: Attributes, type: number): number | undefined =>
  atLeast(attributes.get(type), 4)?.getUint32(0, true);
export const i32In = (attributes: Attributes, type: number): number | undefined =>
  atLeast(attributes.get(type), 4)?.getInt32(0, true);
export const u64In = (attributes: Attributes, type: number): bigint | undefined =>
  atLeast(attributes.get(type), 8)?.getBigUint64(0, true);

/** Numbers one behind the other, without headers. */
export const u32sIn = (attributes: Attributes, type: number): ReadonlyArray<number> => {
  const value = attributes.get(type) ?? NOTHING;
  const view = viewOf(value);
  return Array.from({ length: value.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
};

export const textIn = (attributes: Attributes, type: number): string | undefined => {
  const value = attributes.get(type);
  if (value === undefined) return undefined;
  const end = value.indexOf(0);
  return new TextDecoder().decode(end < 0 ? value : value.subarray(0, end));
};

import { putU16, putU32, u16At, u32At } from '../netlink/littleEndian.js';
import { findNetlinkAttribute, readNetlinkAttributes } from '../netlink/netlinkMessage.js';

type AllAttributes = ReadonlyMap<number, Uint8Array>;

/** Attributes as they came, found by their number; of several with the same number the last. */
export type Attributes = Pick<AllAttributes, 'get' | 'has' | 'keys' | typeof Symbol.iterator>;

/** Attributes where they lie: most messages are asked for a few of theirs, and many for none. */
class ReceivedAttributes implements Attributes {
  readonly #bytes: Uint8Array;
  readonly #start: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#start = start;
  }

  get(type: number): Uint8Array | undefined {
    return findNetlinkAttribute(this.#bytes, this.#start, type);
  }

  has(type: number): boolean {
    return this.get(type) !== undefined;
  }

  keys(): ReturnType<AllAttributes['keys']> {
    return this.#all().keys();
  }

  [Symbol.iterator](): ReturnType<AllAttributes['entries']> {
    return this.#all().entries();
  }

  #all(): AllAttributes {
    return new Map(readNetlinkAttributes(this.#bytes, this.#start).map(({ type, value }) => [type, value]));
  }
}

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
  putU16(bytes, 0, size);
  putU16(bytes, 2, type);
  bytes.set(value, HEADER_SIZE);
  return bytes;
};

export const flagAttribute = (type: number): Uint8Array => attribute(type, NOTHING);

export const u8Attribute = (type: number, value: number): Uint8Array => attribute(type, Uint8Array.of(value));

export const u16Attribute = (type: number, value: number): Uint8Array => {
  const bytes = new Uint8Array(2);
  putU16(bytes, 0, value);
  return attribute(type, bytes);
};

export const u32Attribute = (type: number, ...values: ReadonlyArray<number>): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  for (let i = 0; i < values.length; i++) putU32(bytes, 4 * i, values[i] ?? 0);
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
  new ReceivedAttributes(bytes ?? NOTHING, start);

const atLeast = (attributes: Attributes, type: number, size: number): Uint8Array | undefined => {
  const value = attributes.get(type);
  return value !== undefined && value.length >= size ? value : undefined;
};

export const u8In = (attributes: Attributes, type: number): number | undefined => attributes.get(type)?.[0];
export const u16In = (attributes: Attributes, type: number): number | undefined => {
  const value = atLeast(attributes, type, 2);
  return value && u16At(value, 0);
};
export const u32In = (attributes: Attributes, type: number): number | undefined => {
  const value = atLeast(attributes, type, 4);
  return value && u32At(value, 0);
};
export const i32In = (attributes: Attributes, type: number): number | undefined => {
  const value = u32In(attributes, type);
  return value === undefined ? undefined : value | 0;
};
export const u64In = (attributes: Attributes, type: number): bigint | undefined => {
  const value = atLeast(attributes, type, 8);
  return value && viewOf(value).getBigUint64(0, true);
};

/** Numbers one behind the other, without headers. */
export const u32sIn = (attributes: Attributes, type: number): ReadonlyArray<number> => {
  const value = attributes.get(type) ?? NOTHING;
  return Array.from({ length: value.length >> 2 }, (_, i) => u32At(value, 4 * i));
};

export const textIn = (attributes: Attributes, type: number): string | undefined => {
  const value = attributes.get(type);
  if (value === undefined) return undefined;
  const end = value.indexOf(0);
  return new TextDecoder().decode(end < 0 ? value : value.subarray(0, end));
};

import { right } from 'fp-ts/lib/Either.js';
import { copyBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { ElementId, wholeElement } from './element.js';
import { type KeyDataItem, SSID_MAX_SIZE } from './keyDataItem.js';
import { pack } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { kdeReader } from './readKde.js';
import { writeKde } from './writeKde.js';

const { codes } = ElementId;
const STRUCTURE = 'Key Data';
const SELECTOR_SIZE = 4;
const RSN_OUI = 0x000fac;
const NOTHING = new Uint8Array(0);

const u32be = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;

/**
 * Padding is 0xdd and zeros (12.7.2): an element without length, or 0xdd as the very last octet. Nothing but zeros, which
 * would read as empty SSIDs, is taken for it as well: some access points send that.
 */
const isPadding = (bytes: Uint8Array, at: number): boolean => {
  if (bytes[at] === codes.VENDOR) return (bytes[at + 1] ?? 0) === 0;
  return bytes[at] === 0 && bytes.subarray(at).every((octet) => octet === 0);
};

const ssid = (reader: Reader, length: number): KeyDataItem => {
  const found = { field: 'Length', at: reader.at - 1, value: length };
  reader.check(length > 0 && length <= SSID_MAX_SIZE, 'LENGTH', found, `1 to ${SSID_MAX_SIZE}`);
  return { kind: 'ssid', ssid: reader.bytes('SSID', length) };
};

const item = (reader: Reader, bytes: Uint8Array): KeyDataItem => {
  const { at } = reader;
  const [id, length] = [reader.u8('Element ID'), reader.u8('Length')];
  if (id === codes.SSID) return reader.nested('SSID', 'SSID', length, (inner) => ssid(inner, length));
  const selector = id === codes.VENDOR && length >= SELECTOR_SIZE ? u32be(bytes, at + 2) : 0;
  const kde = kdeReader(selector);
  if (kde !== undefined) return reader.nested(kde.name, kde.name, length, kde.read);
  reader.skip(length, ElementId.nameOf(id) ?? `element ${id}`);
  if (reader.error !== undefined) return { kind: 'unknown', bytes: NOTHING };
  const whole = copyBytes(bytes, at, reader.at);
  return selector >>> 8 === RSN_OUI ? { kind: 'unknown', bytes: whole } : { kind: 'element', element: wholeElement(whole) };
};

/**
 * Reads plain Key Data up to its padding. An item that is cut short, or not as long as its kind, is an error; one that nobody
 * here knows is kept.
 *
 * @example
 * const written = writeKeyData([{ kind: 'keyId', keyId: 1 }]);
 * if (written._tag === 'Right') readKeyData(padKeyData(written.right)); // the same item
 *
 * @since 0.2.0
 */
export const readKeyData = (bytes: Uint8Array): Decoded<ReadonlyArray<KeyDataItem>> => {
  const read = (reader: Reader): ReadonlyArray<KeyDataItem> => {
    const items: KeyDataItem[] = [];
    while (reader.error === undefined && reader.remaining > 0 && !isPadding(bytes, reader.at)) items.push(item(reader, bytes));
    return items;
  };
  return decode(STRUCTURE, bytes, read);
};

/**
 * Writes items end to end, in this order and without padding.
 *
 * @since 0.2.0
 */
export const writeKeyData = (items: ReadonlyArray<KeyDataItem>): Encoded => {
  const pieces: Uint8Array[] = [];
  for (const piece of items.map(writeKde)) {
    if (piece._tag === 'Left') return piece;
    pieces.push(piece.right);
  }
  return right(pack(...pieces));
};

/** The least that AES key wrap takes, and its block (RFC 3394). */
const WRAP_MINIMUM = 16;
const WRAP_BLOCK = 8;

/**
 * Key Data as AES key wrap needs it: 0xdd and zeros are added to less than 16 octets, and to what is no multiple of 8 (12.7.2).
 *
 * @since 0.2.0
 */
export const padKeyData = (plain: Uint8Array): Uint8Array => {
  const size = Math.max(WRAP_MINIMUM, Math.ceil(plain.length / WRAP_BLOCK) * WRAP_BLOCK);
  const padded = new Uint8Array(size);
  padded.set(plain);
  if (plain.length < size) padded[plain.length] = codes.VENDOR;
  return padded;
};

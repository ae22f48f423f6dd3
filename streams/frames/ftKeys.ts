import { pack, u8, u16 } from './pack.js';
import type { Reader } from './Reader.js';

/** A group key on its way in a fast transition, wrapped with the KEK. */
export interface FtGroupKey {
  readonly keyId: number;
  /** Of the key inside, which is padded before it is wrapped. */
  readonly keyLength: number;
  /** Key RSC, 8 octets. */
  readonly receiveCounter: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** An IGTK or BIGTK on its way in a fast transition. */
export interface FtIntegrityKey {
  readonly keyId: number;
  /** IPN or BIPN, 6 octets. */
  readonly packetNumber: Uint8Array;
  readonly keyLength: number;
  readonly wrapped: Uint8Array;
}

/** Between multi-link devices there is a key for each link (802.11be). */
export interface OfLink {
  readonly linkId: number;
}

/** Key Info: the GTK's ID is in its low two bits. */
const KEY_ID_MASK = 0x3;
const LINK_ID_MASK = 0xf;
const RSC_SIZE = 8;
const PN_SIZE = 6;

/** AES key wrap adds 8 octets to at least 16, and all of it comes in eights (RFC 3394). */
const WRAP_UNIT = 8;
const WRAPPED_MIN = 24;

const fits = (wrapped: number, keyLength: number): boolean =>
  wrapped % WRAP_UNIT === 0 && wrapped >= Math.max(WRAPPED_MIN, keyLength + WRAP_UNIT);

const wrappedKey = (reader: Reader, keyLength: number): Uint8Array => {
  const found = { field: 'Wrapped Key', at: reader.at, value: reader.remaining };
  reader.check(fits(found.value, keyLength), 'LENGTH', found, `octets of a wrapped key of ${keyLength}`);
  return reader.rest('Wrapped Key');
};

const link = (reader: Reader): OfLink => ({ linkId: reader.u8('Link ID Info') & LINK_ID_MASK });

const groupKey = <Link extends object>(reader: Reader, linkOf: (reader: Reader) => Link): FtGroupKey & Link => {
  const keyId = reader.u16('Key Info') & KEY_ID_MASK;
  const ofLink = linkOf(reader);
  const keyLength = reader.u8('Key Length');
  const receiveCounter = reader.bytes('RSC', RSC_SIZE);
  return { keyId, ...ofLink, keyLength, receiveCounter, wrapped: wrappedKey(reader, keyLength) };
};

const integrityKey = <Link extends object>(reader: Reader, linkOf: (reader: Reader) => Link): FtIntegrityKey & Link => {
  const keyId = reader.u16('Key ID');
  const packetNumber = reader.bytes('IPN', PN_SIZE);
  const ofLink = linkOf(reader);
  const keyLength = reader.u8('Key Length');
  return { keyId, packetNumber, ...ofLink, keyLength, wrapped: wrappedKey(reader, keyLength) };
};

export const readFtGroupKey = (reader: Reader): FtGroupKey => groupKey(reader, () => ({}));
export const readFtGroupKeyOfLink = (reader: Reader): FtGroupKey & OfLink => groupKey(reader, link);
export const readFtIntegrityKey = (reader: Reader): FtIntegrityKey => integrityKey(reader, () => ({}));
export const readFtIntegrityKeyOfLink = (reader: Reader): FtIntegrityKey & OfLink => integrityKey(reader, link);

const linkInfo = ({ linkId }: Partial<OfLink>): Uint8Array => (linkId === undefined ? new Uint8Array(0) : u8(linkId));

/** Nothing where the key could not be read again. */
export const packFtGroupKey = (key: FtGroupKey & Partial<OfLink>): Uint8Array | undefined => {
  const { keyId, keyLength, receiveCounter, wrapped } = key;
  if (receiveCounter.length !== RSC_SIZE || !fits(wrapped.length, keyLength) || keyId > KEY_ID_MASK) return undefined;
  return pack(u16(keyId), linkInfo(key), u8(keyLength), receiveCounter, wrapped);
};

/** Nothing where the key could not be read again. */
export const packFtIntegrityKey = (key: FtIntegrityKey & Partial<OfLink>): Uint8Array | undefined => {
  const { keyId, packetNumber, keyLength, wrapped } = key;
  if (packetNumber.length !== PN_SIZE || !fits(wrapped.length, keyLength)) return undefined;
  return pack(u16(keyId), packetNumber, linkInfo(key), u8(keyLength), wrapped);
};

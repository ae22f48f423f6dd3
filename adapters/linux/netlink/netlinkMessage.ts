import { putU16, putU32, u16At, u32At } from './littleEndian.js';

/** A message of netlink(7), without its header. */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** An attribute of a message (struct nlattr), its flags taken off its type. */
export interface NetlinkAttribute {
  readonly type: number;
  readonly value: Uint8Array;
}

export const AF_NETLINK = 16;
export const NETLINK_ROUTE = 0;

export const NetlinkType = { NOOP: 1, ERROR: 2, DONE: 3, OVERRUN: 4 } as const;
export const NetlinkFlag = { REQUEST: 0x1, DUMP_INTERRUPTED: 0x10, DUMP: 0x300 } as const;

const HEADER_SIZE = 16;
const ATTRIBUTE_HEADER_SIZE = 4;
/** Without NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
const TYPE_MASK = 0x3fff;
const ADDRESS_SIZE = 12;

/** Everything begins at a multiple of four. */
const aligned = (size: number): number => (size + 3) & ~3;

/** The address of a socket of netlink; the kernel is port 0. */
export const netlinkAddress = (groups = 0): Uint8Array => {
  const bytes = new Uint8Array(ADDRESS_SIZE);
  putU16(bytes, 0, AF_NETLINK);
  putU32(bytes, 8, groups);
  return bytes;
};

/** Anybody can send to a socket of netlink; only the kernel is believed. */
export const isFromKernel = (address: Uint8Array): boolean =>
  address.length >= ADDRESS_SIZE && u16At(address, 0) === AF_NETLINK && u32At(address, 4) === 0;

export const writeNetlinkMessage = ({ type, flags, sequence, body }: NetlinkMessage): Uint8Array => {
  const bytes = new Uint8Array(HEADER_SIZE + body.length);
  putU32(bytes, 0, bytes.length);
  putU16(bytes, 4, type);
  putU16(bytes, 6, flags);
  putU32(bytes, 8, sequence);
  bytes.set(body, HEADER_SIZE);
  return bytes;
};

/** The messages of one datagram; one that is longer than what is left ends the reading. */
export const readNetlinkMessages = (bytes: Uint8Array): ReadonlyArray<NetlinkMessage> => {
  const messages: NetlinkMessage[] = [];
  let at = 0;
  while (at + HEADER_SIZE <= bytes.length) {
    const length = u32At(bytes, at);
    if (length < HEADER_SIZE || at + length > bytes.length) break;
    messages.push({
      type: u16At(bytes, at + 4),
      flags: u16At(bytes, at + 6),
      sequence: u32At(bytes, at + 8),
      body: bytes.subarray(at + HEADER_SIZE, at + length),
    });
    at += aligned(length);
  }
  return messages;
};

const typeAt = (bytes: Uint8Array, at: number): number => u16At(bytes, at + 2) & TYPE_MASK;

/** How long the attribute is that begins there; nothing where none does, which ends the reading. */
const lengthAt = (bytes: Uint8Array, at: number): number | undefined => {
  if (at + ATTRIBUTE_HEADER_SIZE > bytes.length) return undefined;
  const length = u16At(bytes, at);
  return length < ATTRIBUTE_HEADER_SIZE || at + length > bytes.length ? undefined : length;
};

/** The attributes that begin at an offset. */
export const readNetlinkAttributes = (bytes: Uint8Array, start: number): ReadonlyArray<NetlinkAttribute> => {
  const attributes: NetlinkAttribute[] = [];
  let at = start;
  for (let length = lengthAt(bytes, at); length !== undefined; length = lengthAt(bytes, at)) {
    attributes.push({ type: typeAt(bytes, at), value: bytes.subarray(at + ATTRIBUTE_HEADER_SIZE, at + length) });
    at += aligned(length);
  }
  return attributes;
};

/** Of these the last with this number, without making anything of the others. */
export const findNetlinkAttribute = (bytes: Uint8Array, start: number, type: number): Uint8Array | undefined => {
  let found: Uint8Array | undefined;
  let at = start;
  for (let length = lengthAt(bytes, at); length !== undefined; length = lengthAt(bytes, at)) {
    if (typeAt(bytes, at) === type) found = bytes.subarray(at + ATTRIBUTE_HEADER_SIZE, at + length);
    at += aligned(length);
  }
  return found;
};

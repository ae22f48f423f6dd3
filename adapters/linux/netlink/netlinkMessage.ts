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

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Everything begins at a multiple of four. */
const aligned = (size: number): number => (size + 3) & ~3;

/** The address of a socket of netlink; the kernel is port 0. */
export const netlinkAddress = (groups = 0): Uint8Array => {
  const bytes = new Uint8Array(ADDRESS_SIZE);
  const view = viewOf(bytes);
  view.setUint16(0, AF_NETLINK, true);
  view.setUint32(8, groups, true);
  return bytes;
};

/** Anybody can send to a socket of netlink; only the kernel is believed. */
export const isFromKernel = (address: Uint8Array): boolean => {
  const view = viewOf(address);
  return address.length >= ADDRESS_SIZE && view.getUint16(0, true) === AF_NETLINK && view.getUint32(4, true) === 0;
};

export const writeNetlinkMessage = ({ type, flags, sequence, body }: NetlinkMessage): Uint8Array => {
  const bytes = new Uint8Array(HEADER_SIZE + body.length);
  const view = viewOf(bytes);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  view.setUint32(8, sequence, true);
  bytes.set(body, HEADER_SIZE);
  return bytes;
};

/** The messages of one datagram; one that is longer than what is left ends the reading. */
export const readNetlinkMessages = (bytes: Uint8Array): ReadonlyArray<NetlinkMessage> => {
  const view = viewOf(bytes);
  const messages: NetlinkMessage[] = [];
  let at = 0;
  while (at + HEADER_SIZE <= bytes.length) {
    const length = view.getUint32(at, true);
    if (length < HEADER_SIZE || at + length > bytes.length) break;
    messages.push({
      type: view.getUint16(at + 4, true),
      flags: view.getUint16(at + 6, true),
      sequence: view.getUint32(at + 8, true),
      body: bytes.subarray(at + HEADER_SIZE, at + length),
    });
    at += aligned(length);
  }
  return messages;
};

/** The attributes that begin at an offset. */
export const readNetlinkAttributes = (bytes: Uint8Array, start: number): ReadonlyArray<NetlinkAttribute> => {
  const view = viewOf(bytes);
  const attributes: NetlinkAttribute[] = [];
  let at = start;
  while (at + ATTRIBUTE_HEADER_SIZE <= bytes.length) {
    const length = view.getUint16(at, true);
    if (length < ATTRIBUTE_HEADER_SIZE || at + length > bytes.length) break;
    const type = view.getUint16(at + 2, true) & TYPE_MASK;
    attributes.push({ type, value: bytes.subarray(at + ATTRIBUTE_HEADER_SIZE, at + length) });
    at += aligned(length);
  }
  return attributes;
};

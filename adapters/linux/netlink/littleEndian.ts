/** Numbers as netlink has them, the least octet first; a view for each of them would cost more than the message. */

export const u16At = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

export const u32At = (bytes: Uint8Array, at: number): number => (u16At(bytes, at) | (u16At(bytes, at + 2) << 16)) >>> 0;

export const putU16 = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
};

export const putU32 = (bytes: Uint8Array, at: number, value: number): void => {
  putU16(bytes, at, value);
  putU16(bytes, at + 2, value >>> 16);
};

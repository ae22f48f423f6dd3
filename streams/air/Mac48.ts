import { type MacAddress, macFromBytes } from '../events/index.js';

/** A MAC address as the number its 48 bits make: cheap to compare and to look up, where a string would be made for every frame. */
export type Mac48 = number;

export const BROADCAST: Mac48 = 0xffffffffffff;

const HIGH = 2 ** 32;

/** Reads the address at an offset, which must be within the bytes. */
export const mac48At = (bytes: Uint8Array, at: number): Mac48 =>
  (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)) * HIGH +
  ((((bytes[at + 2] ?? 0) << 24) | ((bytes[at + 3] ?? 0) << 16) | ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)) >>> 0);

/** Whether the same address stands at both offsets. Most frames need no more, and a number of 48 bits is an allocation. */
export const isSameMac = (bytes: Uint8Array, a: number, b: number): boolean => {
  for (let i = 5; i >= 0; i -= 1) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
};

export const isGroup = (mac: Mac48): boolean => Math.floor(mac / 2 ** 40) % 2 === 1;

/** Written out: asking so few octets for their buffer would move them off V8's own heap. */
const putMac48 = (mac: Mac48, bytes: Uint8Array): Uint8Array => {
  const [high, low] = [Math.floor(mac / HIGH), mac % HIGH];
  bytes[0] = high >>> 8;
  bytes[1] = high;
  bytes[2] = low >>> 24;
  bytes[3] = low >>> 16;
  bytes[4] = low >>> 8;
  bytes[5] = low;
  return bytes;
};

export const bytesOfMac48 = (mac: Mac48): Uint8Array => putMac48(mac, new Uint8Array(6));

const room = new Uint8Array(6);

export const mac48ToAddress = (mac: Mac48): MacAddress => macFromBytes(putMac48(mac, room));

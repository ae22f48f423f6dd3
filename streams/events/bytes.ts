import * as t from 'io-ts';

const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Bytes travel as lower-case hex in JSON and as `Uint8Array` in memory. */
export const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += OCTETS[byte];
  return hex;
};

/** The value of a hex digit by its character code; anything else spoils the sum it is added to. */
const DIGITS = Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1_000 : digit;
});
const digitAt = (hex: string, at: number): number => DIGITS[hex.charCodeAt(at)] ?? -1_000;

/** The bytes a hex string stands for, or `undefined` when it is not hex. A log is mostly hex, so this is no regular expression. */
export const fromHex = (hex: string): Uint8Array | undefined => {
  if (hex.length % 2 === 1) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = digitAt(hex, 2 * i) * 16 + digitAt(hex, 2 * i + 1);
    if (byte < 0) return undefined;
    bytes[i] = byte;
  }
  return bytes;
};

/** V8 keeps typed arrays up to this size on its own heap, as long as nobody takes a view of them. */
const SMALL = 64;

/** Bytes of one's own, or some of them. `slice` would not do: that of a Node `Buffer` shares the memory. */
export const copyBytes = (bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array => {
  const copy = new Uint8Array(end - start);
  if (copy.length > SMALL) copy.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end));
  else for (let i = 0; i < copy.length; i++) copy[i] = bytes[start + i] ?? 0;
  return copy;
};

/** Overwrites with zeros. A loop, because the method of typed arrays leaves the compiled code, which for a key takes longer. */
export const wipeBytes = (bytes: Uint8Array): void => {
  if (bytes.length > SMALL) bytes.fill(0);
  else for (let i = 0; i < bytes.length; i++) bytes[i] = 0;
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Whether there is nothing but zeros. */
export const isZero = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
};

export const Bytes = new t.Type<Uint8Array, string, unknown>(
  'Bytes',
  (u): u is Uint8Array => u instanceof Uint8Array,
  (u, context) => {
    if (u instanceof Uint8Array) return t.success(u);
    const bytes = typeof u === 'string' ? fromHex(u) : undefined;
    return bytes === undefined ? t.failure(u, context, 'expected bytes as hex, two digits each') : t.success(bytes);
  },
  toHex,
);

import * as t from 'io-ts';

/** Bytes travel as lower-case hex in JSON and as `Uint8Array` in memory. */
export const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
};

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** The bytes a hex string stands for, or `undefined` when it is not hex. */
export const fromHex = (hex: string): Uint8Array | undefined => {
  if (!HEX.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

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

import { Buffer } from 'node:buffer';

const ESCAPED = /\\(?:x([0-9a-fA-F]{2})|([\\"enrt]))/g;
const SHORT: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', e: '\x1b', n: '\n', r: '\r', t: '\t' };
const LONGEST = 32;

/** The octets of an SSID as hostap writes one: what cannot be printed stands as `\xNN`. */
export const ssidOf = (text: string): Uint8Array | undefined => {
  const plain = text.replaceAll(ESCAPED, (_, hex: string | undefined, short: string | undefined) =>
    hex === undefined ? (SHORT[short ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  // Lines are read as Latin-1, so that a character is an octet.
  return plain.length === 0 || plain.length > LONGEST ? undefined : Uint8Array.from(Buffer.from(plain, 'latin1'));
};

import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { fromHex } from '../../../streams/events/index.js';

const PERCENT = 0x25;

/** Text in which any octet may be written as `%` and two hex digits, as Wireshark has passphrases and SSIDs. */
export const percentDecoded = (what: string, text: string): Either<string, Uint8Array> => {
  const bytes = new TextEncoder().encode(text);
  const out = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length; at++, size++) {
    const octet = bytes[at] ?? 0;
    if (octet !== PERCENT) {
      out[size] = octet;
      continue;
    }
    const digits = fromHex(String.fromCharCode(...bytes.subarray(at + 1, at + 3)));
    if (digits?.length !== 1)
      return left(`${what}: expected two hex digits after the % at character ${at + 1}; a % itself is %25`);
    out[size] = digits[0] ?? 0;
    at += 2;
  }
  return right(out.slice(0, size));
};

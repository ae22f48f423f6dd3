import { codePoints } from '../codePoints.js';

/**
 * A text of UTF-8 in UTF-16 with the octet that weighs least in front, as Windows keeps passwords; `undefined` for what is no
 * UTF-8.
 */
export const utf16 = (utf8: Uint8Array): Uint8Array | undefined => {
  const characters = codePoints(utf8);
  if (characters === undefined) return undefined;
  const octets = new Uint8Array(2 * characters.length + 2 * characters.filter((value) => value > 0xffff).length);
  let at = 0;
  const put = (unit: number): void => {
    octets[at++] = unit;
    octets[at++] = unit >>> 8;
  };
  for (const value of characters) {
    if (value > 0xffff) {
      put(0xd800 | ((value - 0x10000) >>> 10));
      put(0xdc00 | (value & 0x3ff));
    } else put(value);
  }
  return octets;
};

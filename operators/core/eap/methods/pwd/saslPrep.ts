// RFC 4013 for a password that is typed in, a query of RFC 3454 7: what Unicode 3.2 did not know is let through.

import { codePoints } from '../../codePoints.js';

/** RFC 3454 C.1.2: spaces other than that of ASCII. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
/** B.1: what is commonly mapped to nothing. */
const NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;
/** C.2 to C.9: controls, private use, no characters, surrogates, what belongs into no plain text, and tags. */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u06dd\u070f\u180e\u200e\u200f\u2028-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufff9-\ufffd\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;
/** D.1: what is written from right to left. */
const FROM_RIGHT =
  /[\u05be\u05c0\u05c3\u05d0-\u05ea\u05f0-\u05f4\u061b\u061f\u0621-\u063a\u0640-\u064a\u066d-\u066f\u0671-\u06d5\u06dd\u06e5\u06e6\u06fa-\u06fe\u0700-\u070d\u0710\u0712-\u072c\u0780-\u07a5\u07b1\ufb1d\ufb1f-\ufb28\ufb2a-\ufb36\ufb38-\ufb3c\ufb3e\ufb40\ufb41\ufb43\ufb44\ufb46-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfc\ufe70-\ufe74\ufe76-\ufefc]/u;

/** RFC 3454 6: all of it, as its first and last character show, or nothing. */
const isOneWay = (text: string): boolean => {
  const characters = Array.from(text);
  if (!characters.some((one) => FROM_RIGHT.test(one))) return true;
  const [first = '', last = ''] = [characters[0], characters.at(-1)];
  const hasLeft = characters.some((one) => /\p{L}/u.test(one) && !FROM_RIGHT.test(one));
  return !hasLeft && FROM_RIGHT.test(first) && FROM_RIGHT.test(last);
};

/** SASLprep of a text in UTF-8; `undefined` for a text it forbids, and for what is no text. The string beneath cannot be wiped. */
export const saslPrep = (utf8: Uint8Array): Uint8Array | undefined => {
  const characters = codePoints(utf8);
  if (characters === undefined) return undefined;
  const text = characters
    .map((value) => String.fromCodePoint(value))
    .join('')
    .replaceAll(SPACES, ' ')
    .replaceAll(NOTHING, '')
    .normalize('NFKC');
  return PROHIBITED.test(text) || !isOneWay(text) ? undefined : new TextEncoder().encode(text);
};

/** The first octet of a character in UTF-8 tells how many follow and what it adds; what needed fewer octets is malformed. */
const LEADS = [
  { mask: 0x80, lead: 0x00, following: 0, least: 0 },
  { mask: 0xe0, lead: 0xc0, following: 1, least: 0x80 },
  { mask: 0xf0, lead: 0xe0, following: 2, least: 0x800 },
  { mask: 0xf8, lead: 0xf0, following: 3, least: 0x10000 },
] as const;

const isCharacter = (value: number, least: number): boolean =>
  value >= least && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);

/**
 * The characters of a text in UTF-8, or `undefined` where it is none. Octet by octet, because the string a decoder would make could
 * not be wiped.
 */
export const codePoints = (utf8: Uint8Array): ReadonlyArray<number> | undefined => {
  const characters: number[] = [];
  for (let at = 0; at < utf8.length; ) {
    const octet = utf8[at++] ?? 0;
    const form = LEADS.find(({ mask, lead }) => (octet & mask) === lead);
    if (form === undefined) return undefined;
    let value = octet & ~form.mask;
    for (const end = at + form.following; at < end; at++) {
      const next = utf8[at] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      value = (value << 6) | (next & 0x3f);
    }
    if (!isCharacter(value, form.least)) return undefined;
    characters.push(value);
  }
  return characters;
};

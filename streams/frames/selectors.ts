import { pack, u16, u16be } from './pack.js';
import type { Reader } from './Reader.js';

/** Octets of a suite selector: OUI and type. */
const SIZE = 4;

/** A suite selector. Its OUI comes first on the air, so as one number it is big-endian among little-endian fields. */
export const readSelector = (reader: Reader, field: string): number => reader.u32be(field);

export const writeSelector = (selector: number): Uint8Array => pack(u16be(selector >>> 16), u16be(selector));

/** A count of two octets and as many entries of `size` octets; a count that promises more than there is, is refused (LENGTH). */
export const readCounted = <A>(reader: Reader, name: string, size: number, read: (field: string) => A): ReadonlyArray<A> => {
  const { at } = reader;
  const count = reader.u16(`${name} Count`);
  const room = Math.floor(reader.remaining / size);
  if (count > room) reader.fail('LENGTH', { field: `${name} Count`, at, value: count }, `at most the ${room} that follow`);
  const entries: A[] = [];
  while (reader.error === undefined && entries.length < count) entries.push(read(`${name} List`));
  return entries;
};

export const readSelectors = (reader: Reader, name: string): ReadonlyArray<number> =>
  readCounted(reader, name, SIZE, (field) => readSelector(reader, field));

export const writeSelectors = (selectors: ReadonlyArray<number>): Uint8Array =>
  pack(u16(selectors.length), ...selectors.map(writeSelector));

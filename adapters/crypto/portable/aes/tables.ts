// AES: FIPS 197. The S-boxes, and the tables that join them with the mixing of columns.

/** Multiplication by x in GF(2^8), FIPS 197 4.2.1. */
const doubled = (value: number): number => (value << 1) ^ (value & 0x80 ? 0x11b : 0);

const rotatedRight = (word: number, octets: number): number => (word >>> (8 * octets)) | (word << (32 - 8 * octets));

/** FIPS 197 5.1.1: the inverse in the field, put through an affine map. Runs over the powers of 3 and, beside them, of its inverse. */
const substitutions = (): Uint8Array => {
  const box = new Uint8Array(256);
  let power = 1;
  let inverse = 1;
  do {
    power = (power ^ doubled(power)) & 0xff;
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse ^= inverse << 4;
    inverse = (inverse ^ (inverse & 0x80 ? 0x09 : 0)) & 0xff;
    const twice = inverse | (inverse << 8);
    box[power] = inverse ^ (twice >>> 7) ^ (twice >>> 6) ^ (twice >>> 5) ^ (twice >>> 4) ^ 0x63;
  } while (power !== 1);
  box[0] = 0x63;
  return box;
};

export const sbox = substitutions();

export const inverseSbox = new Uint8Array(256);
for (let i = 0; i < 256; i++) inverseSbox[sbox[i] as number] = i;

/** A column of the round's matrix times a substituted octet, for each of its four places in the column. */
const columnTables = (
  box: Uint8Array,
  column: (value: number) => number,
): readonly [Int32Array, Int32Array, Int32Array, Int32Array] => {
  const table = (octets: number): Int32Array => Int32Array.from(box, (value) => rotatedRight(column(value), octets));
  return [table(0), table(1), table(2), table(3)];
};

const times = (value: number, factor: number): number => {
  let product = 0;
  for (let power = value, bits = factor; bits > 0; bits >>= 1, power = doubled(power)) if (bits & 1) product ^= power;
  return product;
};

const columnOf =
  (a: number, b: number, c: number, d: number) =>
  (value: number): number =>
    (times(value, a) << 24) | (times(value, b) << 16) | (times(value, c) << 8) | times(value, d);

/** FIPS 197 5.1.3. */
export const mixing = columnTables(sbox, columnOf(2, 1, 1, 3));
/** FIPS 197 5.3.3. */
export const unmixing = columnTables(inverseSbox, columnOf(14, 9, 13, 11));

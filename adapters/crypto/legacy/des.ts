// DES: FIPS 46-3, with which MSCHAP answers a challenge (RFC 2433 A.6). Its tables count bits from one, the first weighing most.
//
// The places of the substitution boxes it reads depend on the key: it can be timed by whoever shares the processor's cache. What
// it protects has the strength of a password anyway.

type Places = ReadonlyArray<number>;

/** Of FIPS 46-3: the initial permutation in rows of eight, each counting down by eight. */
const INITIAL: Places = [58, 60, 62, 64, 57, 59, 61, 63].flatMap((first) => Array.from({ length: 8 }, (_, at) => first - 8 * at));
const FINAL: Places = Array.from({ length: 64 }, (_, at) => INITIAL.indexOf(at + 1) + 1);
const PERMUTATION: Places = [
  ...[16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10],
  ...[2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25],
];
const FIRST_CHOICE: Places = [
  ...[57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36],
  ...[63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4],
];
const SECOND_CHOICE: Places = [
  ...[14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2],
  ...[41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32],
];
const SHIFTS: Places = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
/** S1 to S8, four rows of sixteen each. */
const BOXES: ReadonlyArray<Places> = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
].map((box) => Array.from(box, (digit) => Number.parseInt(digit, 16)));

/** One bit an octet. */
type Bits = Uint8Array;

const bitsOf = (octets: Uint8Array): Bits => {
  const bits = new Uint8Array(64);
  for (let at = 0; at < 64; at++) bits[at] = ((octets[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
  return bits;
};

const chosen = (bits: Bits, places: Places): Bits => {
  const result = new Uint8Array(places.length);
  for (let at = 0; at < places.length; at++) result[at] = bits[(places[at] ?? 0) - 1] ?? 0;
  return result;
};

const wordOf = (bits: Bits, from: number, count: number): number => {
  let word = 0;
  for (let at = from; at < from + count; at++) word = (word << 1) | (bits[at] ?? 0);
  return word;
};

/** What each box gives for its six bits, of which the outer two choose the row, with the permutation behind it done. */
const SPREAD: ReadonlyArray<Int32Array> = BOXES.map((box, at) =>
  Int32Array.from({ length: 64 }, (_, six) => {
    const value = box[(six & 0x20) | ((six & 1) << 4) | ((six >> 1) & 0x0f)] ?? 0;
    const bits = new Uint8Array(32);
    for (let bit = 0; bit < 4; bit++) bits[4 * at + bit] = (value >> (3 - bit)) & 1;
    return wordOf(chosen(bits, PERMUTATION), 0, 32);
  }),
);

/** Both halves of the key's 56 bits, turned to the left. */
const turn = (bits: Bits, by: number): void => {
  for (const half of [bits.subarray(0, 28), bits.subarray(28)]) {
    const over = half.slice(0, by);
    half.copyWithin(0, by);
    half.set(over, 28 - by);
    over.fill(0);
  }
};

const turned = (word: number, by: number): number => (word << (by & 31)) | (word >>> (-by & 31));

/** What a round makes of the right half: each box sees four bits of it and one of each neighbour's. */
const substituted = (right: number, roundKey: Bits): number => {
  let result = 0;
  for (let box = 0; box < 8; box++) {
    const six = (turned(right, 4 * box + 5) & 0x3f) ^ wordOf(roundKey, 6 * box, 6);
    result |= SPREAD[box]?.[six] ?? 0;
  }
  return result;
};

const octetsOf = (...words: ReadonlyArray<number>): Uint8Array =>
  Uint8Array.from(words.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]));

/** One block encrypted; for a key or a block that has not eight octets, nothing. */
export const des = (key: Uint8Array, block: Uint8Array): Uint8Array => {
  if (key.length !== 8 || block.length !== 8) return new Uint8Array(0);
  const keyBits = bitsOf(key);
  const schedule = chosen(keyBits, FIRST_CHOICE);
  const state = chosen(bitsOf(block), INITIAL);
  let [left, right] = [wordOf(state, 0, 32), wordOf(state, 32, 32)];
  for (const shift of SHIFTS) {
    turn(schedule, shift);
    const roundKey = chosen(schedule, SECOND_CHOICE);
    [left, right] = [right, left ^ substituted(right, roundKey)];
    roundKey.fill(0);
  }
  keyBits.fill(0);
  schedule.fill(0);
  const last = chosen(bitsOf(octetsOf(right, left)), FINAL);
  return octetsOf(wordOf(last, 0, 32), wordOf(last, 32, 32));
};

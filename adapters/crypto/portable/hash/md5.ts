// MD5: RFC 1321. WPA's key frames of descriptor version 1 are authenticated with its HMAC.

import { type Block, blockHash, type Chain } from './blockHash.js';

/** RFC 1321 3.4: T[i] is the integer part of 2^32 times the sine of i + 1 radians. */
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x100000000));
const SHIFTS = Uint8Array.from([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]);

const mixed = (quarter: number, b: number, c: number, d: number): number => {
  if (quarter === 0) return d ^ (b & (c ^ d));
  if (quarter === 1) return c ^ (d & (b ^ c));
  if (quarter === 2) return b ^ c ^ d;
  return c ^ (b | ~d);
};

/** Which word of the block a round takes: all of them in each quarter, in strides of one, five, three and seven. */
const wordOf = (quarter: number, round: number): number => {
  if (quarter === 0) return round;
  if (quarter === 1) return (5 * round + 1) & 15;
  if (quarter === 2) return (3 * round + 5) & 15;
  return (7 * round) & 15;
};

const swapped = (word: number): number => (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);

const compressMd5 = (chain: Chain, block: Block): void => {
  let a = swapped(chain[0]);
  let b = swapped(chain[1]);
  let c = swapped(chain[2]);
  let d = swapped(chain[3]);
  const [a0, b0, c0, d0] = [a, b, c, d];
  for (let i = 0; i < 16; i++) block[i] = swapped(block[i] as number);
  for (let round = 0; round < 64; round++) {
    const quarter = round >>> 4;
    const sum = (a + mixed(quarter, b, c, d) + (block[wordOf(quarter, round)] as number) + (SINES[round] as number)) | 0;
    const shift = SHIFTS[(quarter << 2) | (round & 3)] as number;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  chain[0] = swapped(a0 + a);
  chain[1] = swapped(b0 + b);
  chain[2] = swapped(c0 + c);
  chain[3] = swapped(d0 + d);
};

/** RFC 1321 writes its words with the octet that weighs least in front, and the initial ones of 3.3 in just this way. */
export const md5 = blockHash({
  compress: compressMd5,
  putLength: (block, octets) => {
    block[14] = swapped(octets << 3);
    block[15] = swapped(octets / 0x20000000);
  },
  initial: [0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210],
});

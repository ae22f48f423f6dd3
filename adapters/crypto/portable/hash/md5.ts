// MD5: RFC 1321. WPA's key frames of descriptor version 1 are authenticated with its HMAC.

import type { Block, Chain } from './blockHash.js';
import { littleEndianHash } from './littleEndianHash.js';

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

const compressMd5 = (chain: Chain, block: Block): void => {
  let [a, b, c, d] = [chain[0], chain[1], chain[2], chain[3]];
  for (let round = 0; round < 64; round++) {
    const quarter = round >>> 4;
    const sum = (a + mixed(quarter, b, c, d) + (block[wordOf(quarter, round)] as number) + (SINES[round] as number)) | 0;
    const shift = SHIFTS[(quarter << 2) | (round & 3)] as number;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  chain[0] += a;
  chain[1] += b;
  chain[2] += c;
  chain[3] += d;
};

export const md5 = littleEndianHash(compressMd5);

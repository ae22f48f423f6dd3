// MD4: RFC 1320. The hash of a password that MSCHAP starts from (RFC 2433 A.4); OpenSSL 3 has it no longer by default.

import { type Block, type Chain, hashOf } from '../portable/hash/blockHash.js';
import { littleEndianHash } from '../portable/hash/littleEndianHash.js';

const SHIFTS = Uint8Array.from([3, 7, 11, 19, 3, 5, 9, 13, 3, 9, 11, 15]);
const CONSTANTS = Int32Array.from([0, 0x5a827999, 0x6ed9eba1]);
/** The order in which the third part takes the words: each with its four bits turned around. */
const TURNED = Uint8Array.from([0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]);

const mixed = (part: number, b: number, c: number, d: number): number => {
  if (part === 0) return d ^ (b & (c ^ d));
  return part === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
};

const wordOf = (part: number, round: number): number => {
  if (part === 0) return round;
  return part === 1 ? ((round & 3) << 2) | (round >>> 2) : (TURNED[round] as number);
};

const compressMd4 = (chain: Chain, block: Block): void => {
  let [a, b, c, d] = [chain[0], chain[1], chain[2], chain[3]];
  for (let round = 0; round < 48; round++) {
    const part = round >>> 4;
    const sum = (a + mixed(part, b, c, d) + (block[wordOf(part, round & 15)] as number) + (CONSTANTS[part] as number)) | 0;
    const shift = SHIFTS[(part << 2) | (round & 3)] as number;
    a = d;
    d = c;
    c = b;
    b = (sum << shift) | (sum >>> (32 - shift));
  }
  chain[0] += a;
  chain[1] += b;
  chain[2] += c;
  chain[3] += d;
};

const hash = littleEndianHash(compressMd4);

export const md4 = (data: Uint8Array): Uint8Array => hashOf(hash, data);

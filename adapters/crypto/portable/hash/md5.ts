// MD5: RFC 1321. RADIUS authenticates its packets with it, WPA's key frames of descriptor version 1 with its HMAC.
//
// Additions, rotations and Boolean functions of words only: the time depends on the length of the message alone.

import type { Block, Chain } from './blockHash.js';
import { littleEndianHash } from './littleEndianHash.js';

/** RFC 1321 3.4: T[i] is the integer part of 2^32 times the sine of i + 1 radians. */
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x100000000));

const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** The sum of a round: what is mixed of three words, a word of the block, and a sine. */
const sum = (word: number, mixed: number, ofBlock: number | undefined, sine: number | undefined): number =>
  (word + mixed + (ofBlock ?? 0) + (sine ?? 0)) | 0;

/** Four quarters of sixteen rounds; each takes all words of the block, in strides of one, five, three and seven. */
const compressMd5 = (chain: Chain, block: Block): void => {
  let a = chain[0];
  let b = chain[1];
  let c = chain[2];
  let d = chain[3];
  for (let i = 0; i < 16; i += 4) {
    a = (b + turned(sum(a, d ^ (b & (c ^ d)), block[i], SINES[i]), 7)) | 0;
    d = (a + turned(sum(d, c ^ (a & (b ^ c)), block[i + 1], SINES[i + 1]), 12)) | 0;
    c = (d + turned(sum(c, b ^ (d & (a ^ b)), block[i + 2], SINES[i + 2]), 17)) | 0;
    b = (c + turned(sum(b, a ^ (c & (d ^ a)), block[i + 3], SINES[i + 3]), 22)) | 0;
  }
  for (let i = 16; i < 32; i += 4) {
    a = (b + turned(sum(a, c ^ (d & (b ^ c)), block[(5 * i + 1) & 15], SINES[i]), 5)) | 0;
    d = (a + turned(sum(d, b ^ (c & (a ^ b)), block[(5 * i + 6) & 15], SINES[i + 1]), 9)) | 0;
    c = (d + turned(sum(c, a ^ (b & (d ^ a)), block[(5 * i + 11) & 15], SINES[i + 2]), 14)) | 0;
    b = (c + turned(sum(b, d ^ (a & (c ^ d)), block[(5 * i + 16) & 15], SINES[i + 3]), 20)) | 0;
  }
  for (let i = 32; i < 48; i += 4) {
    a = (b + turned(sum(a, b ^ c ^ d, block[(3 * i + 5) & 15], SINES[i]), 4)) | 0;
    d = (a + turned(sum(d, a ^ b ^ c, block[(3 * i + 8) & 15], SINES[i + 1]), 11)) | 0;
    c = (d + turned(sum(c, d ^ a ^ b, block[(3 * i + 11) & 15], SINES[i + 2]), 16)) | 0;
    b = (c + turned(sum(b, c ^ d ^ a, block[(3 * i + 14) & 15], SINES[i + 3]), 23)) | 0;
  }
  for (let i = 48; i < 64; i += 4) {
    a = (b + turned(sum(a, c ^ (b | ~d), block[(7 * i) & 15], SINES[i]), 6)) | 0;
    d = (a + turned(sum(d, b ^ (a | ~c), block[(7 * i + 7) & 15], SINES[i + 1]), 10)) | 0;
    c = (d + turned(sum(c, a ^ (d | ~b), block[(7 * i + 14) & 15], SINES[i + 2]), 15)) | 0;
    b = (c + turned(sum(b, d ^ (c | ~a), block[(7 * i + 21) & 15], SINES[i + 3]), 21)) | 0;
  }
  chain[0] += a;
  chain[1] += b;
  chain[2] += c;
  chain[3] += d;
};

export const md5 = littleEndianHash(compressMd5);

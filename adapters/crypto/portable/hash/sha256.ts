// SHA-256: FIPS 180-4 6.2, its 64 rounds written out, four a function: more of them, and V8 no longer inlines what they call.
//
// Additions, rotations and Boolean functions of words only: the time depends on the length of the message alone. A loop that turns the
// registers takes three times as long. The sixteen words of the block are overwritten by those of the later rounds.

import { type Block, blockHash, type Chain, copyChain } from './blockHash.js';

const isPrime = (number: number): boolean => {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return true;
};

/** The first 64. */
const primes: ReadonlyArray<number> = Array.from({ length: 310 }, (_, n) => n + 2).filter(isPrime);

/** The first 32 bits behind the point; a double holds 53 bits of the whole. */
const behindThePoint = (root: number): number => Math.floor((root - Math.floor(root)) * 0x100000000) | 0;

/** FIPS 180-4 4.2.2: of the cube roots of the first 64 primes. */
const K = Int32Array.from(primes, (prime) => behindThePoint(Math.cbrt(prime)));
/** 5.3.3: of the square roots of the first eight. */
const initial = primes.slice(0, 8).map((prime) => behindThePoint(Math.sqrt(prime)));

// Small enough for V8 to inline each use.
const constant = (round: number): number => K[round] as number;
const choose = (x: number, y: number, z: number): number => z ^ (x & (y ^ z));
const majority = (x: number, y: number, z: number): number => (x & y) | (z & (x | y));
const mixA = (x: number): number => ((x >>> 2) | (x << 30)) ^ ((x >>> 13) | (x << 19)) ^ ((x >>> 22) | (x << 10));
const mixE = (x: number): number => ((x >>> 6) | (x << 26)) ^ ((x >>> 11) | (x << 21)) ^ ((x >>> 25) | (x << 7));
const spread1 = (x: number): number => ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
const spread14 = (x: number): number => ((x >>> 17) | (x << 15)) ^ ((x >>> 19) | (x << 13)) ^ (x >>> 10);

// Rounds 0 to 15, by the first of their words.

const first0 = (s: Chain, w: Block): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  h = (h + mixE(e) + choose(e, f, g) + constant(0) + w[0]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(1) + w[1]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(2) + w[2]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(3) + w[3]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const first4 = (s: Chain, w: Block): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  h = (h + mixE(e) + choose(e, f, g) + constant(4) + w[4]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(5) + w[5]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(6) + w[6]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(7) + w[7]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const first8 = (s: Chain, w: Block): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  h = (h + mixE(e) + choose(e, f, g) + constant(8) + w[8]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(9) + w[9]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(10) + w[10]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(11) + w[11]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const first12 = (s: Chain, w: Block): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  h = (h + mixE(e) + choose(e, f, g) + constant(12) + w[12]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(13) + w[13]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(14) + w[14]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(15) + w[15]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

// Rounds 16 to 63, each with the next word of the schedule.

const later0 = (s: Chain, w: Block, from: number): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  w[0] = (w[0] + spread1(w[1]) + w[9] + spread14(w[14])) | 0;
  h = (h + mixE(e) + choose(e, f, g) + constant(from + 0) + w[0]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  w[1] = (w[1] + spread1(w[2]) + w[10] + spread14(w[15])) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(from + 1) + w[1]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  w[2] = (w[2] + spread1(w[3]) + w[11] + spread14(w[0])) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(from + 2) + w[2]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  w[3] = (w[3] + spread1(w[4]) + w[12] + spread14(w[1])) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(from + 3) + w[3]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const later4 = (s: Chain, w: Block, from: number): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  w[4] = (w[4] + spread1(w[5]) + w[13] + spread14(w[2])) | 0;
  h = (h + mixE(e) + choose(e, f, g) + constant(from + 0) + w[4]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  w[5] = (w[5] + spread1(w[6]) + w[14] + spread14(w[3])) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(from + 1) + w[5]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  w[6] = (w[6] + spread1(w[7]) + w[15] + spread14(w[4])) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(from + 2) + w[6]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  w[7] = (w[7] + spread1(w[8]) + w[0] + spread14(w[5])) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(from + 3) + w[7]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const later8 = (s: Chain, w: Block, from: number): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  w[8] = (w[8] + spread1(w[9]) + w[1] + spread14(w[6])) | 0;
  h = (h + mixE(e) + choose(e, f, g) + constant(from + 0) + w[8]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  w[9] = (w[9] + spread1(w[10]) + w[2] + spread14(w[7])) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(from + 1) + w[9]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  w[10] = (w[10] + spread1(w[11]) + w[3] + spread14(w[8])) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(from + 2) + w[10]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  w[11] = (w[11] + spread1(w[12]) + w[4] + spread14(w[9])) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(from + 3) + w[11]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const later12 = (s: Chain, w: Block, from: number): void => {
  let a = s[0];
  let b = s[1];
  let c = s[2];
  let d = s[3];
  let e = s[4];
  let f = s[5];
  let g = s[6];
  let h = s[7];
  w[12] = (w[12] + spread1(w[13]) + w[5] + spread14(w[10])) | 0;
  h = (h + mixE(e) + choose(e, f, g) + constant(from + 0) + w[12]) | 0;
  d = (d + h) | 0;
  h = (h + mixA(a) + majority(a, b, c)) | 0;
  w[13] = (w[13] + spread1(w[14]) + w[6] + spread14(w[11])) | 0;
  g = (g + mixE(d) + choose(d, e, f) + constant(from + 1) + w[13]) | 0;
  c = (c + g) | 0;
  g = (g + mixA(h) + majority(h, a, b)) | 0;
  w[14] = (w[14] + spread1(w[15]) + w[7] + spread14(w[12])) | 0;
  f = (f + mixE(c) + choose(c, d, e) + constant(from + 2) + w[14]) | 0;
  b = (b + f) | 0;
  f = (f + mixA(g) + majority(g, h, a)) | 0;
  w[15] = (w[15] + spread1(w[0]) + w[8] + spread14(w[13])) | 0;
  e = (e + mixE(b) + choose(b, c, d) + constant(from + 3) + w[15]) | 0;
  a = (a + e) | 0;
  e = (e + mixA(f) + majority(f, g, h)) | 0;
  s[0] = e;
  s[1] = f;
  s[2] = g;
  s[3] = h;
  s[4] = a;
  s[5] = b;
  s[6] = c;
  s[7] = d;
};

const working = new Int32Array(8) as Chain;

const addTo = (chain: Chain): void => {
  for (let i = 0; i < 8; i++) {
    chain[i] = ((chain[i] as number) + (working[i] as number)) | 0;
    working[i] = 0;
  }
};

export const sha256 = blockHash({
  compress: (chain, block) => {
    copyChain(chain, working);
    first0(working, block);
    first4(working, block);
    first8(working, block);
    first12(working, block);
    for (let from = 16; from < 64; from += 16) {
      later0(working, block, from);
      later4(working, block, from + 4);
      later8(working, block, from + 8);
      later12(working, block, from + 12);
    }
    addTo(chain);
  },
  putLength: (block, octets) => {
    block[14] = octets / 0x20000000;
    block[15] = octets << 3;
  },
  initial,
});

// AES-GCM: NIST SP 800-38D, for the nonce of 12 octets that GCMP has.

import { equal } from '../equal.js';
import { aesCounterMode } from './counterMode.js';
import { isDataKey } from './dataKey.js';

const BLOCK = 16;
const NONCE = 12;
const TAG = 16;

/** The product of the field: x⁷ + x² + x + 1, its bits the other way round (6.3). */
const REDUCTION = 0xe1000000;

/** Four octets a word, for the powers of the hash key: x⁰ to x¹²⁷ times it. */
const powers = new Int32Array(4 * 128);
const sum = new Int32Array(4);

const wordAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number);

/** Each power is the one before times x, and so one bit further right. */
const prepare = (hashKey: Uint8Array): void => {
  let [a, b, c, d] = [wordAt(hashKey, 0), wordAt(hashKey, 4), wordAt(hashKey, 8), wordAt(hashKey, 12)];
  for (let at = 0; at < powers.length; at += 4) {
    powers[at] = a;
    powers[at + 1] = b;
    powers[at + 2] = c;
    powers[at + 3] = d;
    const carry = -(d & 1) & REDUCTION;
    d = (d >>> 1) | (c << 31);
    c = (c >>> 1) | (b << 31);
    b = (b >>> 1) | (a << 31);
    a = (a >>> 1) ^ carry;
  }
};

/** 6.3: the sum times the hash key. */
const multiply = (): void => {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let bit = 0; bit < 128; bit++) {
    const mask = -(((sum[bit >>> 5] as number) >>> (31 - (bit & 31))) & 1);
    const at = 4 * bit;
    a ^= (powers[at] as number) & mask;
    b ^= (powers[at + 1] as number) & mask;
    c ^= (powers[at + 2] as number) & mask;
    d ^= (powers[at + 3] as number) & mask;
  }
  sum[0] = a;
  sum[1] = b;
  sum[2] = c;
  sum[3] = d;
};

/** 6.4, over octets that are filled up with zeros to whole blocks. */
const absorb = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; at += BLOCK) {
    for (let place = 0; place < BLOCK && at + place < bytes.length; place++) {
      const word = place >>> 2;
      sum[word] = (sum[word] as number) ^ ((bytes[at + place] as number) << (24 - 8 * (place & 3)));
    }
    multiply();
  }
};

const absorbLengths = (associated: number, text: number): void => {
  sum[0] = (sum[0] as number) ^ Math.floor(associated / 2 ** 29);
  sum[1] = (sum[1] as number) ^ (associated << 3);
  sum[2] = (sum[2] as number) ^ Math.floor(text / 2 ** 29);
  sum[3] = (sum[3] as number) ^ (text << 3);
  multiply();
};

const hashOf = (hashKey: Uint8Array, associated: Uint8Array, text: Uint8Array): Uint8Array => {
  prepare(hashKey);
  sum.fill(0);
  absorb(associated);
  absorb(text);
  absorbLengths(associated.length, text.length);
  const hash = new Uint8Array(TAG);
  for (let place = 0; place < TAG; place++) hash[place] = (sum[place >>> 2] as number) >>> (24 - 8 * (place & 3));
  sum.fill(0);
  powers.fill(0);
  return hash;
};

/** 7.1: the first counter masks the tag, and those after it the data. */
const firstCounter = (nonce: Uint8Array): Uint8Array => {
  const first = new Uint8Array(BLOCK);
  first.set(nonce);
  first[15] = 1;
  return first;
};

export const aesGcmOpen = (
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
): Uint8Array | undefined => {
  if (!isDataKey(key) || nonce.length !== NONCE || sealed.length < TAG) return undefined;
  const end = sealed.length - TAG;
  const hashKey = aesCounterMode(key, new Uint8Array(BLOCK), new Uint8Array(BLOCK));
  const hash = hashOf(hashKey, associated, sealed.subarray(0, end));
  hashKey.fill(0);
  const text = new Uint8Array(BLOCK + end);
  text.set(hash);
  text.set(sealed.subarray(0, end), BLOCK);
  const opened = aesCounterMode(key, firstCounter(nonce), text);
  const isRight = equal(opened.subarray(0, TAG), sealed.subarray(end));
  const plain = isRight ? new Uint8Array(opened.subarray(BLOCK)) : undefined;
  opened.fill(0);
  return plain;
};

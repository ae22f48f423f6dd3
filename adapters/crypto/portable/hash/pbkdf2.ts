// PBKDF2: RFC 8018 5.2, for the hashes of 64-octet blocks.

import { absorb, type BlockHash, type Chain, copyChain, wipe, writeChain } from './blockHash.js';
import { finish, prepare } from './hmac.js';

const sum = new Int32Array(8) as Chain;

/** The HMAC of the last HMAC, which is still in the chaining value: its inner block has the same form as the outer one. */
const again = (hash: BlockHash): void => {
  finish(hash, hash.inner);
  finish(hash, hash.outer);
};

/** RFC 8018 5.2, step 3: the exclusive or of the HMACs of the salt and block number, of that HMAC, and so on. */
const derivePart = (hash: BlockHash, numberedSalt: Uint8Array, iterations: number): void => {
  const { chain, inner, outer, words } = hash;
  copyChain(inner, chain);
  absorb(hash, numberedSalt, 64);
  finish(hash, outer);
  copyChain(chain, sum);
  for (let i = 1; i < iterations; i++) {
    again(hash);
    for (let word = 0; word < words; word++) sum[word] = (sum[word] as number) ^ (chain[word] as number);
  }
  copyChain(sum, chain);
};

export const pbkdf2Of = (
  hash: BlockHash,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  octets: number,
): Uint8Array => {
  const size = 4 * hash.words;
  const parts = Math.ceil(octets / size);
  const derived = new Uint8Array(parts * size);
  const numbered = new Uint8Array(salt.length + 4);
  const number = new DataView(numbered.buffer, salt.length);
  numbered.set(salt);
  prepare(hash, password);
  for (let part = 0; part < parts; part++) {
    number.setUint32(0, part + 1);
    derivePart(hash, numbered, iterations);
    writeChain(hash, derived, part * size);
  }
  wipe(hash);
  sum.fill(0);
  const key = derived.slice(0, octets);
  derived.fill(0);
  return key;
};

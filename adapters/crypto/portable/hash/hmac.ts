// HMAC: RFC 2104, for the hashes of 64-octet blocks.

import { absorb, type BlockHash, type Chain, copyChain, hashOf, loadRest, wipe, writeChain } from './blockHash.js';

const IPAD = 0x36363636;
const OPAD = 0x5c5c5c5c;

const absorbKey = ({ compress, block, initial }: BlockHash, key: Uint8Array, pad: number, into: Chain): void => {
  loadRest(block, key, 0, pad);
  copyChain(initial, into);
  compress(into, block);
};

/** Leaves the two chaining values every HMAC under this key begins with. */
export const prepare = (hash: BlockHash, key: Uint8Array): void => {
  const short = key.length > 64 ? hashOf(hash, key) : key;
  absorbKey(hash, short, IPAD, hash.inner);
  absorbKey(hash, short, OPAD, hash.outer);
  if (short !== key) short.fill(0);
};

/** Puts the chaining value, as a message of its own, through the hash that `start` begins: the outer one, to end an HMAC. */
export const finish = ({ compress, putLength, block, chain, words }: BlockHash, start: Chain): void => {
  for (let i = 0; i < words; i++) block[i] = chain[i] as number;
  block[words] = 0x80000000;
  for (let i = words + 1; i < 16; i++) block[i] = 0;
  putLength(block, 64 + 4 * words);
  copyChain(start, chain);
  compress(chain, block);
};

const authenticate = (hash: BlockHash, message: Uint8Array): void => {
  copyChain(hash.inner, hash.chain);
  absorb(hash, message, 64);
  finish(hash, hash.outer);
};

export const hmacOf = (hash: BlockHash, key: Uint8Array, message: Uint8Array): Uint8Array => {
  const result = new Uint8Array(4 * hash.words);
  prepare(hash, key);
  authenticate(hash, message);
  writeChain(hash, result, 0);
  wipe(hash);
  return result;
};

export const hmacsOf = (hash: BlockHash, key: Uint8Array, messages: ReadonlyArray<Uint8Array>): Uint8Array => {
  const octets = 4 * hash.words;
  const result = new Uint8Array(octets * messages.length);
  let at = 0;
  prepare(hash, key);
  for (const message of messages) {
    authenticate(hash, message);
    writeChain(hash, result, at);
    at += octets;
  }
  wipe(hash);
  return result;
};

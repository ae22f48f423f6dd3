// AES-CMAC (RFC 4493) and counter mode (NIST SP 800-38A 6.5) by OpenSSL.

import { createCipheriv } from 'node:crypto';
import { double } from '../portable/aes/double.js';
import type { SivParts } from '../portable/aes/siv.js';

const BLOCK = 16;
const ZEROS = new Uint8Array(BLOCK);

const bitsOf = ({ length }: Uint8Array): number => 8 * length;

const mix = (into: Uint8Array, at: number, block: Uint8Array): void => {
  for (let i = 0; i < BLOCK; i++) into[at + i] = (into[at + i] as number) ^ (block[i] as number);
};

/**
 * CMAC is cipher block chaining with a subkey in the last block. The subkey is made of an encrypted block of zeros, with which
 * one cipher can begin: the chain it leaves behind is mixed into the first block of the message, and so cancels.
 */
const cmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const cipher = createCipheriv(`aes-${bitsOf(key)}-cbc`, key, ZEROS).setAutoPadding(false);
  const encryptedZeros = cipher.update(ZEROS);
  const subkey = new Uint8Array(encryptedZeros);
  const blocks = new Uint8Array(Math.max(1, Math.ceil(message.length / BLOCK)) * BLOCK);
  blocks.set(message);
  double(subkey);
  if (message.length < blocks.length) {
    blocks[message.length] = 0x80;
    double(subkey);
  }
  mix(blocks, blocks.length - BLOCK, subkey);
  mix(blocks, 0, encryptedZeros);
  const chained = cipher.update(blocks);
  const tag = new Uint8Array(chained.subarray(-BLOCK));
  cipher.final();
  chained.fill(0);
  subkey.fill(0);
  encryptedZeros.fill(0);
  blocks.fill(0);
  return tag;
};

const counterMode = (key: Uint8Array, first: Uint8Array, data: Uint8Array): Uint8Array => {
  const cipher = createCipheriv(`aes-${bitsOf(key)}-ctr`, key, first);
  const result = new Uint8Array(cipher.update(data));
  cipher.final();
  return result;
};

/** For keys of 16, 24 and 32 octets. */
export const opensslModes: SivParts = { cmac, counterMode };

// AES key wrap (RFC 3394) over OpenSSL's AES, a block at a time.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { isKek, isWrappable, isWrapped } from '../portable/aes/keyWrapLengths.js';
import { equal } from '../portable/equal.js';

const HALF = 8;
/** RFC 3394 2.2.3.1. */
const INITIAL = new Uint8Array(HALF).fill(0xa6);

const modeOf = (kek: Uint8Array): 'aes-128-ecb' | 'aes-256-ecb' => (kek.length === 16 ? 'aes-128-ecb' : 'aes-256-ecb');

/** A and t of RFC 3394 2.2: the step number goes into the low octets of A. */
const mixStep = (block: Buffer, step: number): void => {
  block.writeInt32BE(block.readInt32BE(4) ^ step, 4);
};

/** A loop, because a view for `set` would take longer than the copying. */
const copyHalf = (from: Uint8Array, at: number, to: Uint8Array, into: number): void => {
  for (let i = 0; i < HALF; i++) to[into + i] = from[at + i] as number;
};

export const aesWrap = (kek: Uint8Array, plain: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrappable(plain)) return undefined;
  const cipher = createCipheriv(modeOf(kek), kek, null).setAutoPadding(false);
  const registers = new Uint8Array(HALF + plain.length);
  registers.set(plain, HALF);
  let block = Buffer.alloc(2 * HALF);
  block.set(INITIAL);
  let step = 1;
  for (let pass = 0; pass < 6; pass++) {
    for (let at = HALF; at < registers.length; at += HALF, step++) {
      copyHalf(registers, at, block, HALF);
      block = cipher.update(block);
      mixStep(block, step);
      copyHalf(block, HALF, registers, at);
    }
  }
  copyHalf(block, 0, registers, 0);
  block.fill(0);
  cipher.final();
  return registers;
};

export const aesUnwrap = (kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrapped(wrapped)) return undefined;
  const decipher = createDecipheriv(modeOf(kek), kek, null).setAutoPadding(false);
  const registers = new Uint8Array(wrapped);
  let block = Buffer.alloc(2 * HALF);
  copyHalf(registers, 0, block, 0);
  let step = 6 * (registers.length / HALF - 1);
  for (let pass = 0; pass < 6; pass++) {
    for (let at = registers.length - HALF; at > 0; at -= HALF, step--) {
      mixStep(block, step);
      copyHalf(registers, at, block, HALF);
      block = decipher.update(block);
      copyHalf(block, HALF, registers, at);
    }
  }
  const plain = equal(block.subarray(0, HALF), INITIAL) ? registers.slice(HALF) : undefined;
  registers.fill(0);
  block.fill(0);
  decipher.final();
  return plain;
};

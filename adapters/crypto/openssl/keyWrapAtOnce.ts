// AES key wrap (RFC 3394) by OpenSSL's cipher of that name.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { isKek, isWrappable, isWrapped } from '../portable/aes/keyWrapLengths.js';

/** RFC 3394 2.2.3.1. */
const INITIAL = new Uint8Array(8).fill(0xa6);

export const KEY_WRAP_CIPHERS = ['id-aes128-wrap', 'id-aes256-wrap'] as const;

const cipherFor = (kek: Uint8Array): string => KEY_WRAP_CIPHERS[kek.length === 16 ? 0 : 1];

export const aesWrap = (kek: Uint8Array, plain: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrappable(plain)) return undefined;
  const cipher = createCipheriv(cipherFor(kek), kek, INITIAL);
  const wrapped = new Uint8Array(cipher.update(plain));
  cipher.final();
  return wrapped;
};

export const aesUnwrap = (kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrapped(wrapped)) return undefined;
  const decipher = createDecipheriv(cipherFor(kek), kek, INITIAL);
  try {
    const unwrapped = decipher.update(wrapped);
    const plain = new Uint8Array(unwrapped);
    unwrapped.fill(0);
    decipher.final();
    return plain;
  } catch {
    // Another key, or altered on the way: the check value is not the one it should be.
    return undefined;
  }
};

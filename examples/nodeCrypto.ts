import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { VendorCrypto } from './vendorKeys.js';

/** RFC 3394 section 2.2.3.1: the initial value an unwrap is checked against. */
const DEFAULT_IV = Buffer.alloc(8, 0xa6);
const KEY_WRAP = 'id-aes128-wrap';

/** The example's cryptography by `node:crypto`. */
export const nodeCrypto: VendorCrypto = {
  hmacSha256: (key, data) => Uint8Array.from(createHmac('sha256', key).update(data).digest()),
  wrapKey: (kek, key) => Uint8Array.from(createCipheriv(KEY_WRAP, kek, DEFAULT_IV).update(key)),
  unwrapKey: (kek, wrapped) => {
    try {
      return Uint8Array.from(createDecipheriv(KEY_WRAP, kek, DEFAULT_IV).update(wrapped));
    } catch {
      return;
    }
  },
};

import { createHmac, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const SHOWN_DIGITS = 16;

/**
 * A keyed fingerprint (HMAC-SHA-256, RFC 2104, its first 8 octets): it tells equal secrets of one recording apart from
 * different ones, and cannot be guessed at, because the key is random and kept nowhere.
 */
export const fingerprints = (): ((bytes: Uint8Array) => string) => {
  const key = randomBytes(KEY_BYTES);
  return (bytes) => createHmac('sha256', key).update(bytes).digest('hex').slice(0, SHOWN_DIGITS);
};

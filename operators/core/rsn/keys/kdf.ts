import type { Crypto } from '../../crypto/index.js';
import { counted } from './counted.js';

/** What is derived, and from what besides the key. */
export interface Derivation {
  readonly label: string;
  readonly context: Uint8Array;
  readonly octets: number;
}

const count = (message: Uint8Array, index: number): void => {
  message[0] = (index + 1) & 0xff;
  message[1] = (index + 1) >>> 8;
};

/**
 * KDF-Hash-Length (IEEE 802.11-2020 12.7.1.6.2): HMAC of counter ‖ label ‖ context ‖ length in bits, both numbers little
 * endian in two octets, the counter from 1.
 *
 * @since 0.2.0
 */
export const kdf = (
  crypto: Crypto,
  hash: 'sha256' | 'sha384' | 'sha512',
  key: Uint8Array,
  { label, context, octets }: Derivation,
): Uint8Array => {
  const bits = octets * 8;
  const message = ['\0\0', label, context, Uint8Array.of(bits & 0xff, bits >>> 8)];
  return counted(crypto, key, { hash, message, octets, count });
};

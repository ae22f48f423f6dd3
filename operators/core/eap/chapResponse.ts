import type { Crypto } from '../crypto/index.js';
import { joined } from '../rsn/keys/joined.js';

/** RFC 1994 4.1: what a password answers a challenge with. */
export const chapResponse = (crypto: Crypto, identifier: number, password: Uint8Array, challenge: Uint8Array): Uint8Array => {
  const message = joined(Uint8Array.of(identifier), password, challenge);
  const response = crypto.hash('md5', message);
  message.fill(0);
  return response;
};

import type { Crypto, HashName } from '../../../../operators/core/crypto/index.js';
import { isDerivable } from './isDerivable.js';

/** What a hash is used for. PBKDF2 is only asked for what can be derived. */
export interface HashFunctions {
  hash(data: Uint8Array): Uint8Array;
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  hmacs(key: Uint8Array, messages: ReadonlyArray<Uint8Array>): Uint8Array;
  pbkdf2(password: Uint8Array, salt: Uint8Array, iterations: number, octets: number): Uint8Array;
}

export const hashing = (
  hashes: Readonly<Record<HashName, HashFunctions>>,
): Pick<Crypto, 'hash' | 'hmac' | 'hmacs' | 'pbkdf2'> => ({
  hash: (hash, data) => hashes[hash].hash(data),
  hmac: (hash, key, message) => hashes[hash].hmac(key, message),
  hmacs: (hash, key, messages) => hashes[hash].hmacs(key, messages),
  pbkdf2: (hash, password, salt, iterations, octets) =>
    isDerivable(iterations, octets) ? hashes[hash].pbkdf2(password, salt, iterations, octets) : new Uint8Array(0),
});

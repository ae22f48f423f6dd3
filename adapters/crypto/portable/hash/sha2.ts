// SHA-384 and SHA-512 (FIPS 180-4), their HMAC and PBKDF2, by @noble/hashes; SHA-256 of our own.

import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha384, sha512 } from '@noble/hashes/sha2.js';
import { blockHashes } from './blockHashes.js';
import type { HashFunctions } from './HashFunctions.js';

const sha2 = (hash: typeof sha384 | typeof sha512): HashFunctions => ({
  hash: (data) => hash(data),
  hmac: (key, message) => hmac(hash, key, message),
  hmacs: (key, messages) => {
    const keyed = hmac.create(hash, key);
    const result = new Uint8Array(keyed.outputLen * messages.length);
    for (const [i, message] of messages.entries()) {
      result.set(keyed.clone().update(message).digest(), i * keyed.outputLen);
    }
    keyed.destroy();
    return result;
  },
  pbkdf2: (password, salt, iterations, octets) => pbkdf2(hash, password, salt, { c: iterations, dkLen: octets }),
});

export const sha2Functions = { sha256: blockHashes.sha256, sha384: sha2(sha384), sha512: sha2(sha512) };

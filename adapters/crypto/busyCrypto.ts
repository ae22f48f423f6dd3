import type { Crypto } from '../../operators/core/crypto/index.js';
import { nodeCrypto } from './nodeCrypto.js';
import { opensslHashes } from './openssl/hashes.js';
import { blockHashes } from './portable/hash/blockHashes.js';
import { hashing } from './portable/hash/HashFunctions.js';

/**
 * Cryptography on Node for many authentications of one process: `nodeCrypto` with the SHA-256 of `portableCrypto`, which takes no time
 * that depends on a key, and leaves no object of OpenSSL's behind for the collection of garbage. V8 has compiled it after some hundreds
 * of messages; before, OpenSSL's is quicker.
 *
 * @since 0.2.0
 */
export const busyCrypto: Crypto = {
  ...nodeCrypto,
  ...hashing({ ...opensslHashes, sha256: { ...blockHashes.sha256, pbkdf2: opensslHashes.sha256.pbkdf2 } }),
};

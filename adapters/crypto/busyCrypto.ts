import type { Crypto } from '../../operators/core/crypto/index.js';
import { nodeCrypto } from './nodeCrypto.js';
import { opensslHashes } from './openssl/hashes.js';
import { blockHashes } from './portable/hash/blockHashes.js';
import { hashing } from './portable/hash/HashFunctions.js';

/**
 * Cryptography on Node for many authentications of one process: `nodeCrypto` with the MD5 and the SHA-256 of `portableCrypto`, which take no
 * time that depends on a key, and leave no object of OpenSSL's behind for the collection of garbage. V8 has compiled them after some hundreds
 * of messages; before, OpenSSL's are quicker.
 *
 * @since 0.2.0
 */
export const busyCrypto: Crypto = {
  ...nodeCrypto,
  ...hashing({
    ...opensslHashes,
    md5: { ...blockHashes.md5, pbkdf2: opensslHashes.md5.pbkdf2 },
    sha256: { ...blockHashes.sha256, pbkdf2: opensslHashes.sha256.pbkdf2 },
  }),
};

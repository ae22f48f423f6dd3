import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { HashName } from '../../../operators/core/crypto/index.js';
import { blockHashes } from '../portable/hash/blockHashes.js';
import type { HashFunctions } from '../portable/hash/HashFunctions.js';
import { sha2Functions } from '../portable/hash/sha2.js';

/** Bytes of their own: a small Buffer may be a piece of Node's pool. */
const own = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/** Falls back where OpenSSL refuses, as it does short salts and some hashes when it is restricted to FIPS 140. */
const opensslPbkdf2 =
  (hash: HashName, ours: HashFunctions): HashFunctions['pbkdf2'] =>
  (password, salt, iterations, octets) => {
    try {
      return own(pbkdf2Sync(password, salt, iterations, octets, hash));
    } catch {
      return ours.pbkdf2(password, salt, iterations, octets);
    }
  };

/** For messages as short as a key frame, our SHA-1 and MD5 take less time than it takes to reach OpenSSL's. */
const iterated = (hash: 'md5' | 'sha1'): HashFunctions => {
  const ours = blockHashes[hash];
  return { ...ours, pbkdf2: opensslPbkdf2(hash, ours) };
};

const sha2 = (hash: 'sha256' | 'sha384' | 'sha512'): HashFunctions => {
  const hmac = (key: Uint8Array, message: Uint8Array): Buffer => createHmac(hash, key).update(message).digest();
  return {
    hash: (data) => own(createHash(hash).update(data).digest()),
    hmac: (key, message) => own(hmac(key, message)),
    hmacs: (key, messages) => own(Buffer.concat(messages.map((message) => hmac(key, message)))),
    pbkdf2: opensslPbkdf2(hash, sha2Functions[hash]),
  };
};

export const opensslHashes: Readonly<Record<HashName, HashFunctions>> = {
  md5: iterated('md5'),
  sha1: iterated('sha1'),
  sha256: sha2('sha256'),
  sha384: sha2('sha384'),
  sha512: sha2('sha512'),
};

import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { HashName } from '../../../operators/core/crypto/index.js';
import { blockHashes } from '../portable/hash/blockHashes.js';
import type { HashFunctions } from '../portable/hash/HashFunctions.js';
import { sha2Functions } from '../portable/hash/sha2.js';

/** Bytes of their own: a small Buffer may be a piece of Node's pool. */
const own = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/** Ours where OpenSSL refuses, as it does short salts and some hashes when it is restricted to FIPS 140. */
const orOurs = (theirs: () => Uint8Array, ours: () => Uint8Array): Uint8Array => {
  try {
    return own(theirs());
  } catch {
    return ours();
  }
};

const opensslPbkdf2 =
  (hash: HashName, ours: HashFunctions): HashFunctions['pbkdf2'] =>
  (password, salt, iterations, octets) =>
    orOurs(
      () => pbkdf2Sync(password, salt, iterations, octets, hash),
      () => ours.pbkdf2(password, salt, iterations, octets),
    );

/** For messages as short as a key frame, our SHA-1 takes less time than it takes to reach OpenSSL's. */
const sha1: HashFunctions = { ...blockHashes.sha1, pbkdf2: opensslPbkdf2('sha1', blockHashes.sha1) };

const hashed = (hash: HashName, data: Uint8Array): Buffer => createHash(hash).update(data).digest();
const keyed = (hash: HashName, key: Uint8Array, message: Uint8Array): Buffer => createHmac(hash, key).update(message).digest();

/** Of whole packets of RADIUS, which are long. */
const md5: HashFunctions = {
  ...blockHashes.md5,
  hash: (data) =>
    orOurs(
      () => hashed('md5', data),
      () => blockHashes.md5.hash(data),
    ),
  hmac: (key, message) =>
    orOurs(
      () => keyed('md5', key, message),
      () => blockHashes.md5.hmac(key, message),
    ),
  pbkdf2: opensslPbkdf2('md5', blockHashes.md5),
};

const sha2 = (hash: 'sha256' | 'sha384' | 'sha512'): HashFunctions => ({
  hash: (data) => own(hashed(hash, data)),
  hmac: (key, message) => own(keyed(hash, key, message)),
  hmacs: (key, messages) => own(Buffer.concat(messages.map((message) => keyed(hash, key, message)))),
  pbkdf2: opensslPbkdf2(hash, sha2Functions[hash]),
});

export const opensslHashes: Readonly<Record<HashName, HashFunctions>> = {
  md5,
  sha1,
  sha256: sha2('sha256'),
  sha384: sha2('sha384'),
  sha512: sha2('sha512'),
};

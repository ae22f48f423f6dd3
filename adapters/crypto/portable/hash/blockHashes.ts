import { type BlockHash, hashOf } from './blockHash.js';
import type { HashFunctions } from './HashFunctions.js';
import { hmacOf, hmacsOf } from './hmac.js';
import { md5 } from './md5.js';
import { pbkdf2Of } from './pbkdf2.js';
import { sha1 } from './sha1.js';
import { sha256 } from './sha256.js';

const functionsOf = (hash: BlockHash): HashFunctions => ({
  hash: (data) => hashOf(hash, data),
  hmac: (key, message) => hmacOf(hash, key, message),
  hmacs: (key, messages) => hmacsOf(hash, key, messages),
  pbkdf2: (password, salt, iterations, octets) => pbkdf2Of(hash, password, salt, iterations, octets),
});

export const blockHashes = { md5: functionsOf(md5), sha1: functionsOf(sha1), sha256: functionsOf(sha256) };

import { timingSafeEqual } from 'node:crypto';
import type { Crypto } from '../../operators/core/crypto/index.js';
import { des } from './legacy/des.js';
import { md4 } from './legacy/md4.js';
import { rc4 } from './legacy/rc4.js';
import { opensslModes } from './openssl/aesModes.js';
import { aesCcmOpen, aesGcmOpen } from './openssl/authenticated.js';
import { opensslCurve } from './openssl/curves.js';
import { opensslHashes } from './openssl/hashes.js';
import { aesUnwrap, aesWrap } from './openssl/keyWrap.js';
import { isDataKey } from './portable/aes/dataKey.js';
import { sivOver } from './portable/aes/siv.js';
import { hashing } from './portable/hash/HashFunctions.js';

/**
 * Cryptography on Node, for a live host. AES and the multiplication of points are OpenSSL's, and take the same time for every key
 * as far as the processor allows; so does our own SHA-1. Two things do not: RC4, which WPA's handshake cannot do without, and what
 * a curve does besides multiplying, which is arithmetic of big integers.
 *
 * Its results are those of `portableCrypto`, octet for octet.
 *
 * @example
 * nodeCrypto.pbkdf2('sha1', Uint8Array.of(1), Uint8Array.of(2), 4096, 32).length; // 32
 *
 * @since 0.2.0
 */
export const nodeCrypto: Crypto = {
  ...hashing(opensslHashes),
  aesCmac: (key, message) => (key.length === 16 ? opensslModes.cmac(key, message) : new Uint8Array(0)),
  aesWrap,
  aesUnwrap,
  ...sivOver(opensslModes),
  aesCounter: (key, first, data) =>
    isDataKey(key) && first.length === 16 ? opensslModes.counterMode(key, first, data) : undefined,
  aesCcmOpen,
  aesGcmOpen,
  rc4,
  md4,
  des,
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  curve: opensslCurve,
};

import type { Crypto } from '../../../operators/core/crypto/index.js';
import { des } from '../legacy/des.js';
import { md4 } from '../legacy/md4.js';
import { rc4 } from '../legacy/rc4.js';
import { aesCcmOpen } from './aes/ccm.js';
import { aesCmac } from './aes/cmac.js';
import { aesCounterMode } from './aes/counterMode.js';
import { isDataKey } from './aes/dataKey.js';
import { aesGcmOpen } from './aes/gcm.js';
import { aesUnwrap, aesWrap } from './aes/keyWrap.js';
import { sivOver } from './aes/siv.js';
import { equal } from './equal.js';
import { blockHashes } from './hash/blockHashes.js';
import { hashing } from './hash/HashFunctions.js';
import { sha2Functions } from './hash/sha2.js';
import { nistCurve } from './nistCurve.js';

/** AES-128-CMAC, RFC 4493; the primitive beneath takes the other lengths for AES-SIV. */
const aes128Cmac = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  key.length === 16 ? aesCmac(key, message) : new Uint8Array(0);

/**
 * Cryptography in JavaScript alone, for browsers and for captures: nothing of Node can be reached from here.
 *
 * Its AES reads tables at places that depend on the key, which can be timed by whoever shares the processor's cache. For keys
 * that are still in use, take `nodeCrypto`.
 *
 * What cannot be computed (a CMAC key of another length, an empty RC4 key, a DES key of seven octets, no iterations) has an empty result.
 *
 * @example
 * portableCrypto.hmac('sha1', Uint8Array.of(1), Uint8Array.of(2)).length; // 20
 *
 * @since 0.2.0
 */
export const portableCrypto: Crypto = {
  ...hashing({ ...blockHashes, ...sha2Functions }),
  aesCmac: aes128Cmac,
  aesWrap,
  aesUnwrap,
  ...sivOver({ cmac: aesCmac, counterMode: aesCounterMode }),
  aesCounter: (key, first, data) => (isDataKey(key) && first.length === 16 ? aesCounterMode(key, first, data) : undefined),
  aesCcmOpen,
  aesGcmOpen,
  rc4,
  md4,
  des,
  equal,
  curve: nistCurve,
};

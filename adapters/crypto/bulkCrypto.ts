import type { Crypto } from '../../operators/core/crypto/index.js';
import { nodeCrypto } from './nodeCrypto.js';
import { portableCrypto } from './portable/portableCrypto.js';

/**
 * Cryptography on Node for captures, thousands of handshakes a second: `nodeCrypto` with the AES of `portableCrypto`, which
 * takes a tenth of the time and can be timed. Not for keys that are still in use.
 *
 * @since 0.2.0
 */
export const bulkCrypto: Crypto = {
  ...nodeCrypto,
  aesCmac: portableCrypto.aesCmac,
  aesWrap: portableCrypto.aesWrap,
  aesUnwrap: portableCrypto.aesUnwrap,
  aesSivSeal: portableCrypto.aesSivSeal,
  aesSivOpen: portableCrypto.aesSivOpen,
  aesCounter: portableCrypto.aesCounter,
  aesCcmOpen: portableCrypto.aesCcmOpen,
  aesGcmOpen: portableCrypto.aesGcmOpen,
  equal: portableCrypto.equal,
};

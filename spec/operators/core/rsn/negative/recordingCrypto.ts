import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';

/** What a machine computes with: every key it used, and every key data it opened, in the buffers it had them in. */
export const recordingCrypto = (
  crypto: Crypto = nodeCrypto,
): {
  readonly crypto: Crypto;
  readonly keys: ReadonlyArray<Uint8Array>;
  readonly plains: ReadonlyArray<Uint8Array>;
} => {
  const keys: Uint8Array[] = [];
  const plains: Uint8Array[] = [];
  const used = (key: Uint8Array): Uint8Array => {
    keys.push(key);
    return key;
  };
  const opened = <A extends Uint8Array | undefined>(plain: A): A => {
    if (plain !== undefined) plains.push(plain);
    return plain;
  };
  return {
    ...{ keys, plains },
    crypto: {
      ...crypto,
      hmac: (hash, key, message) => crypto.hmac(hash, used(key), message),
      hmacs: (hash, key, messages) => crypto.hmacs(hash, used(key), messages),
      pbkdf2: (hash, password, ...rest) => crypto.pbkdf2(hash, used(password), ...rest),
      aesCmac: (key, message) => crypto.aesCmac(used(key), message),
      aesWrap: (kek, plain) => crypto.aesWrap(used(kek), plain),
      aesUnwrap: (kek, wrapped) => opened(crypto.aesUnwrap(used(kek), wrapped)),
      aesSivOpen: (key, sealed, associated) => opened(crypto.aesSivOpen(used(key), sealed, associated)),
      rc4: (key, skip, data) => opened(crypto.rc4(used(key), skip, data)),
    },
  };
};

import type { Crypto, HashName } from '../../../operators/core/crypto/index.js';
import { Secret } from '../../../streams/events/index.js';

/** Cryptography that computes each passphrase once. */
export interface RememberingCrypto extends Crypto {
  /** Zeroises what is remembered. */
  forget(): void;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** The numbers first and the password's length among them, so that no two questions are the same bytes. */
const questionOf = (hash: HashName, password: Uint8Array, salt: Uint8Array, iterations: number, octets: number): Uint8Array => {
  const head = new TextEncoder().encode(`${hash} ${iterations} ${octets} ${password.length} `);
  const question = new Uint8Array(head.length + password.length + salt.length);
  question.set(head);
  question.set(password, head.length);
  question.set(salt, head.length + password.length);
  return question;
};

/**
 * The same cryptography, but a key derived from a passphrase is kept, so that a station that comes back, or a thousand that share
 * a network, cost one derivation. Which key it is, is known by a SHA-256 of the question; the passphrase itself is not kept. Of
 * more than `capacity` keys the one not asked for longest is zeroised.
 *
 * @example
 * const crypto = rememberingPassphrases(portableCrypto);
 * crypto.pbkdf2('sha1', Uint8Array.of(1), Uint8Array.of(2), 4096, 32);
 * crypto.forget();
 *
 * @since 0.2.0
 */
export const rememberingPassphrases = (crypto: Crypto, capacity = 64): RememberingCrypto => {
  // A Map hands out its keys in the order they were set: the one not asked for longest comes first.
  const keys = new Map<string, Secret>();
  const recall = (name: string): Uint8Array | undefined => {
    const key = keys.get(name);
    if (key === undefined) return undefined;
    keys.delete(name);
    keys.set(name, key);
    return key.reveal().slice();
  };
  const remember = (name: string, key: Uint8Array): void => {
    keys.set(name, Secret.of(key));
    for (const [oldest, secret] of keys) {
      if (keys.size <= capacity) return;
      secret.zeroise();
      keys.delete(oldest);
    }
  };
  return {
    hash: (hash, data) => crypto.hash(hash, data),
    hmac: (hash, key, message) => crypto.hmac(hash, key, message),
    hmacs: (hash, key, messages) => crypto.hmacs(hash, key, messages),
    pbkdf2: (...question) => {
      const asked = questionOf(...question);
      const name = hexOf(crypto.hash('sha256', asked));
      asked.fill(0);
      const known = recall(name);
      if (known !== undefined) return known;
      const key = crypto.pbkdf2(...question);
      remember(name, key);
      return key;
    },
    aesCmac: (key, message) => crypto.aesCmac(key, message),
    aesWrap: (kek, plain) => crypto.aesWrap(kek, plain),
    aesUnwrap: (kek, wrapped) => crypto.aesUnwrap(kek, wrapped),
    aesSivSeal: (key, plain, associated) => crypto.aesSivSeal(key, plain, associated),
    aesSivOpen: (key, sealed, associated) => crypto.aesSivOpen(key, sealed, associated),
    aesCounter: (key, first, data) => crypto.aesCounter(key, first, data),
    aesCcmOpen: (key, nonce, sealed, associated, tagLength) => crypto.aesCcmOpen(key, nonce, sealed, associated, tagLength),
    aesGcmOpen: (key, nonce, sealed, associated) => crypto.aesGcmOpen(key, nonce, sealed, associated),
    rc4: (key, skip, data) => crypto.rc4(key, skip, data),
    md4: (data) => crypto.md4(data),
    des: (key, block) => crypto.des(key, block),
    equal: (a, b) => crypto.equal(a, b),
    curve: (group) => crypto.curve(group),
    forget: () => {
      for (const key of keys.values()) key.zeroise();
      keys.clear();
    },
  };
};

import type { Curve } from './Curve.js';

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/**
 * The cryptography the key handshakes and the methods of EAP need, as synchronous functions, so that a machine which uses it stays pure and runs on
 * any platform. An implementation never throws, never keeps what it is given, and never changes it; every result is new bytes
 * that belong to the caller.
 *
 * @since 0.2.0
 */
export interface Crypto {
  hash(hash: HashName, data: Uint8Array): Uint8Array;
  hmac(hash: HashName, key: Uint8Array, message: Uint8Array): Uint8Array;
  /** The HMACs of several messages under one key, end to end: the key is prepared once. What a PRF is made of. */
  hmacs(hash: HashName, key: Uint8Array, messages: ReadonlyArray<Uint8Array>): Uint8Array;
  pbkdf2(hash: HashName, password: Uint8Array, salt: Uint8Array, iterations: number, octets: number): Uint8Array;
  /** RFC 4493: AES-128-CMAC. */
  aesCmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** RFC 3394, with a key of 16 or 32 octets; `undefined` for what cannot be wrapped (not a multiple of 8, fewer than 16). */
  aesWrap(kek: Uint8Array, plain: Uint8Array): Uint8Array | undefined;
  /** RFC 3394; `undefined` when the integrity check fails or the length is impossible. */
  aesUnwrap(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined;
  /** RFC 5297: AES-SIV, the tag in front. */
  aesSivSeal(key: Uint8Array, plain: Uint8Array, associated: ReadonlyArray<Uint8Array>): Uint8Array | undefined;
  aesSivOpen(key: Uint8Array, sealed: Uint8Array, associated: ReadonlyArray<Uint8Array>): Uint8Array | undefined;
  /** NIST SP 800-38A 6.5: counter mode from a first block of 16 octets, with a key of 16 or 32; else there is no result. */
  aesCounter(key: Uint8Array, first: Uint8Array, data: Uint8Array): Uint8Array | undefined;
  /** NIST SP 800-38C: AES-CCM, the tag of 8 or 16 octets at the end, with a nonce of 13; `undefined` when the tag is wrong. */
  aesCcmOpen(
    key: Uint8Array,
    nonce: Uint8Array,
    sealed: Uint8Array,
    associated: Uint8Array,
    tagLength: 8 | 16,
  ): Uint8Array | undefined;
  /** NIST SP 800-38D: AES-GCM, the tag of 16 octets at the end, with a nonce of 12; `undefined` when the tag is wrong. */
  aesGcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array | undefined;
  /** RC4 after its first `skip` octets of key stream; encrypting and decrypting are the same. */
  rc4(key: Uint8Array, skip: number, data: Uint8Array): Uint8Array;
  /** RFC 1320. Broken as a hash for long; MSCHAP keeps passwords as it makes them. */
  md4(data: Uint8Array): Uint8Array;
  /** FIPS 46-3: one block of 8 octets encrypted under a key of 8, whose parity bits do not count; for other lengths empty. */
  des(key: Uint8Array, block: Uint8Array): Uint8Array;
  /** Whether two byte strings are equal, in a time that depends on their length alone. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** An elliptic curve by its IANA group number (19, 20, 21), or `undefined` for one that is not offered. */
  curve(group: number): Curve | undefined;
}

import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Crypto, HashName } from '../../../../operators/core/index.js';

const OCTETS: Readonly<Record<HashName, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** As many octets as wanted that depend on every octet of the parts: nobody's secret would be safe with it. */
const stir = (octets: number, ...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const part of parts) {
    for (const octet of part) {
      a = Math.imul(a ^ octet, 0x01000193);
      b = Math.imul(b + (a >>> 15), 0x85ebca6b) ^ (b >>> 13);
    }
    a ^= part.length + 0x5bd1e995;
  }
  const result = new Uint8Array(octets);
  for (let at = 0; at < octets; at++) {
    a = Math.imul(a ^ (b >>> 11), 0x01000193) + at;
    b = Math.imul(b ^ (a >>> 15), 0xc2b2ae35) + 1;
    result[at] = a >>> 24;
  }
  return result;
};

const mixed = (data: Uint8Array, stream: Uint8Array): Uint8Array => data.map((octet, at) => octet ^ (stream[at] ?? 0));

/** A tag in front of what it seals. */
const seal = (tag: number, key: Uint8Array, plain: Uint8Array, associated: ReadonlyArray<Uint8Array>): Uint8Array => {
  const proof = stir(tag, key, plain, ...associated);
  return Uint8Array.of(...proof, ...mixed(plain, stir(plain.length, key, proof)));
};

const unseal = (
  tag: number,
  key: Uint8Array,
  sealed: Uint8Array,
  associated: ReadonlyArray<Uint8Array>,
): Uint8Array | undefined => {
  const [proof, body] = [sealed.subarray(0, tag), sealed.subarray(tag)];
  const plain = mixed(body, stir(body.length, key, proof));
  const isWhole = stir(tag, key, plain, ...associated).every((octet, at) => octet === proof[at]);
  return isWhole && sealed.length >= tag ? plain : undefined;
};

const isBlocks = ({ length }: Uint8Array, least: number): boolean => length >= least && length % 8 === 0;

/**
 * Cryptography that costs next to nothing and has the shape of the real one: nothing verifies or opens but under its own key.
 * What a machine does with cryptography is fuzzed with it, ten times as often; the engine is fuzzed with the real one.
 */
export const toyCrypto: Crypto = {
  ...nodeCrypto,
  hash: (hash, data) => stir(OCTETS[hash], data),
  hmac: (hash, key, message) => stir(OCTETS[hash], key, message),
  hmacs: (hash, key, messages) => Uint8Array.from(messages.flatMap((message) => [...stir(OCTETS[hash], key, message)])),
  aesCmac: (key, message) => stir(16, key, message),
  aesWrap: (kek, plain) => (isBlocks(plain, 16) ? seal(8, kek, plain, []) : undefined),
  aesUnwrap: (kek, wrapped) => (isBlocks(wrapped, 24) ? unseal(8, kek, wrapped, []) : undefined),
  aesSivSeal: (key, plain, associated) => seal(16, key, plain, associated),
  aesSivOpen: (key, sealed, associated) => unseal(16, key, sealed, associated),
  rc4: (key, skip, data) => mixed(data, stir(skip + data.length, key).subarray(skip)),
};

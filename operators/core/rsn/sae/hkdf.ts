import type { Crypto } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';
import { DIGEST_OCTETS, type DigestName } from './hash.js';

/** What is derived of a pseudorandom key. */
export interface Expansion {
  readonly info: string;
  readonly octets: number;
}

/** HKDF-Extract (RFC 5869 2.2). */
export const extract = (crypto: Crypto, hash: DigestName, salt: Uint8Array, material: Uint8Array): Uint8Array =>
  crypto.hmac(hash, salt, material);

/** HKDF-Expand (RFC 5869 2.3) under a label in ASCII. */
export const expand = (crypto: Crypto, hash: DigestName, key: Uint8Array, { info, octets }: Expansion): Uint8Array => {
  const digest = DIGEST_OCTETS[hash];
  const blocks = new Uint8Array(Math.ceil(octets / digest) * digest);
  for (let at = 0; at < blocks.length; at += digest) {
    const previous = at === 0 ? blocks.subarray(0, 0) : blocks.subarray(at - digest, at);
    const message = joined(previous, info, Uint8Array.of(at / digest + 1));
    const block = crypto.hmac(hash, key, message);
    blocks.set(block, at);
    message.fill(0);
    block.fill(0);
  }
  blocks.fill(0, octets);
  return blocks.subarray(0, octets);
};

import type { Crypto, HashName } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';

/** P_hash (RFC 5246 5): the HMACs of A(i) and the seed, end to end, where A(i) is the HMAC of the one before. */
const expand = (crypto: Crypto, hash: HashName, secret: Uint8Array, seed: Uint8Array, octets: number): Uint8Array => {
  const out = new Uint8Array(octets);
  let a = crypto.hmac(hash, secret, seed);
  for (let at = 0; at < octets; ) {
    const block = crypto.hmac(hash, secret, joined(a, seed));
    out.set(block.subarray(0, octets - at), at);
    at += block.length;
    block.fill(0);
    a = crypto.hmac(hash, secret, a);
  }
  return out;
};

/**
 * The PRF of TLS 1.2 (RFC 5246 5) with the hash of the cipher suite; without one, that of TLS 1.0 and 1.1 (RFC 4346 5), which gives
 * half of the secret to MD5 and half to SHA-1 and shares the octet in the middle of an odd one.
 */
export const tlsPrf = (
  crypto: Crypto,
  hash: HashName | undefined,
  { secret, label, seed }: { readonly secret: Uint8Array; readonly label: string; readonly seed: Uint8Array },
  octets: number,
): Uint8Array => {
  const labelled = joined(label, seed);
  if (hash !== undefined) return expand(crypto, hash, secret, labelled, octets);
  const half = Math.ceil(secret.length / 2);
  const out = expand(crypto, 'md5', secret.subarray(0, half), labelled, octets);
  const other = expand(crypto, 'sha1', secret.subarray(secret.length - half), labelled, octets);
  for (let i = 0; i < octets; i++) out[i] = (out[i] ?? 0) ^ (other[i] ?? 0);
  other.fill(0);
  return out;
};

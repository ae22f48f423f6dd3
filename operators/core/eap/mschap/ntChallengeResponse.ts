import type { Crypto } from '../../crypto/index.js';

/** Seven octets as a key of DES, which has a bit of parity in each of its eight (RFC 2759 8.6). */
const spread = (octets: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, at) => {
    const pair = ((octets[at - 1] ?? 0) << 8) | (octets[at] ?? 0);
    return (pair >>> at) & 0xfe;
  });

/**
 * The answer to a challenge of eight octets under the hash of a password: ChallengeResponse of RFC 2759 8.5, which is
 * NtChallengeResponse of RFC 2433 A.5 just the same. 24 octets.
 */
export const ntChallengeResponse = (crypto: Crypto, challenge: Uint8Array, hash: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(21);
  padded.set(hash);
  const response = new Uint8Array(24);
  for (let part = 0; part < 3; part++) {
    const key = spread(padded.subarray(7 * part, 7 * part + 7));
    response.set(crypto.des(key, challenge), 8 * part);
    key.fill(0);
  }
  padded.fill(0);
  return response;
};

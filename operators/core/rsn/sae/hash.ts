import type { Curve } from '../../crypto/index.js';

export type DigestName = 'sha256' | 'sha384' | 'sha512';

export const DIGEST_OCTETS: Readonly<Record<DigestName, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** The hash that goes with the length of a group's prime (IEEE 802.11-2020 Table 12-1; RFC 8110 4.4 has the same). */
export const digestOf = ({ length }: Curve): DigestName => {
  if (length <= 32) return 'sha256';
  return length <= 48 ? 'sha384' : 'sha512';
};

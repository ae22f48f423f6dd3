// SHA-1: FIPS 180-4 6.1, RFC 3174.
//
// Additions, rotations and Boolean functions of words only: the time depends on the length of the message alone.

import { blockHash } from './blockHash.js';
import { compressSha1 } from './sha1Rounds.js';

export const sha1 = blockHash({
  compress: compressSha1,
  putLength: (block, octets) => {
    block[14] = octets / 0x20000000;
    block[15] = octets << 3;
  },
  initial: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0],
});

// What MD4 (RFC 1320) and MD5 (RFC 1321) have in common: words with the octet that weighs least in front.

import { type Block, type BlockHash, blockHash, type Chain } from './blockHash.js';

const swapped = (word: number): number => (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);

const swapAll = (words: Int32Array, count: number): void => {
  for (let i = 0; i < count; i++) words[i] = swapped(words[i] as number);
};

/** A hash of four words; `compress` sees chain and block in its own order of octets. */
export const littleEndianHash = (compress: (chain: Chain, block: Block) => void): BlockHash =>
  blockHash({
    compress: (chain, block) => {
      swapAll(block, 16);
      swapAll(chain, 4);
      compress(chain, block);
      swapAll(chain, 4);
    },
    putLength: (block, octets) => {
      block[14] = swapped(octets << 3);
      block[15] = swapped(octets / 0x20000000);
    },
    // RFC 1320 3.3 and RFC 1321 3.3 write the initial words octet by octet.
    initial: [0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210],
  });

import { expect } from 'chai';
import { type Block, type BlockHash, blockHash } from '../../../../../adapters/crypto/portable/hash/blockHash.js';
import { hmacOf } from '../../../../../adapters/crypto/portable/hash/hmac.js';
import { md5 } from '../../../../../adapters/crypto/portable/hash/md5.js';
import { sha1 } from '../../../../../adapters/crypto/portable/hash/sha1.js';

const lengthOf = (hash: BlockHash, octets: number): ReadonlyArray<number> => {
  const block = new Int32Array(16) as Block;
  hash.putLength(block, octets);
  return [...block].slice(14).map((word) => word >>> 0);
};

describe('blockHash', () => {
  it('counts the bits of a message in 64 bits, each hash in its own order', () => {
    const octets = 3 * 2 ** 29 + 5;
    expect(lengthOf(sha1, octets)).to.deep.equal([3, 40]);
    expect(lengthOf(md5, octets)).to.deep.equal([0x28000000, 0x03000000]);
    expect(lengthOf(sha1, 2 ** 29 - 1)).to.deep.equal([0, 0xfffffff8]);
  });

  it('leaves nothing of a key or a message in its words', () => {
    for (const hash of [sha1, md5]) {
      hmacOf(hash, new Uint8Array(100).fill(7), new Uint8Array(200).fill(9));
      for (const words of [hash.block, hash.chain, hash.inner, hash.outer])
        expect([...words].every((word) => word === 0)).to.equal(true);
    }
  });

  it('begins every message with the same chaining value', () => {
    const seen: number[] = [];
    const counting = blockHash({ compress: (chain) => seen.push(chain[0]++), putLength: () => {}, initial: [42, 0, 0, 0] });
    hmacOf(counting, new Uint8Array(1), new Uint8Array(1));
    hmacOf(counting, new Uint8Array(1), new Uint8Array(1));
    expect(seen).to.deep.equal([42, 42, 43, 43, 42, 42, 43, 43]);
  });
});

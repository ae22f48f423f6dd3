import { createCipheriv } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { eachCrypto, hex, hexOf } from './implementations.js';

/** NIST SP 500-20 and SP 800-17: of each table the first rows, and the last. */
const vectors: ReadonlyArray<readonly [table: string, key: string, plain: string, sealed: string]> = [
  ['variable plaintext', '0101010101010101', '8000000000000000', '95f8a5e5dd31d900'],
  ['variable plaintext', '0101010101010101', '4000000000000000', 'dd7f121ca5015619'],
  ['variable plaintext', '0101010101010101', '0000000000000001', '166b40b44aba4bd6'],
  ['variable key', '8001010101010101', '0000000000000000', '95a8d72813daa94d'],
  ['variable key', '4001010101010101', '0000000000000000', '0eec1487dd8c26d5'],
  ['variable key', '0101010101010102', '0000000000000000', '869efd7f9f265a09'],
  ['permutation', '1046913489980131', '0000000000000000', '88d55e54f54c97b4'],
  ['substitution', '7ca110454a1a6e57', '01a1d6d039776742', '690f5b0d9a26939b'],
  ['substitution', '0131d9619dc1376e', '5cd54ca83def57da', '7a389d10354bd271'],
];

const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });

describe('des', () => {
  eachCrypto((crypto) => {
    for (const [table, key, plain, sealed] of vectors) {
      it(`SP 800-17, ${table}: ${key} ${plain}`, () => {
        expect(hexOf(crypto.des(hex(key), hex(plain)))).to.equal(sealed);
      });
    }

    it('is what triple DES is under a key three times', () => {
      fc.assert(
        fc.property(eight, eight, (key, block) => {
          const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
          expect(hexOf(crypto.des(key, block))).to.equal(cipher.update(block).toString('hex'));
        }),
        { numRuns: 200 },
      );
    });

    it('takes no notice of parity', () => {
      fc.assert(
        fc.property(eight, eight, eight, (key, flips, block) => {
          const other = key.map((octet, at) => octet ^ ((flips[at] ?? 0) & 1));
          expect(crypto.des(other, block)).to.deep.equal(crypto.des(key, block));
        }),
        { numRuns: 50 },
      );
    });

    it('computes nothing with other lengths', () => {
      for (const [key, block] of [
        [7, 8],
        [8, 7],
        [8, 16],
        [0, 8],
      ]) {
        expect(crypto.des(new Uint8Array(key ?? 0), new Uint8Array(block ?? 0))).to.have.length(0);
      }
    });
  });
});

import { expect } from 'chai';
import { ascii, eachCrypto, hex, hexOf } from './implementations.js';
import { vectorFile } from './vectorFile.js';

/** RFC 6229 2. */
const { head, tests } = vectorFile<{ readonly offsets: ReadonlyArray<number> }, readonly [key: string, stream: string]>(
  './rc4Vectors.ndjson',
);

describe('rc4', () => {
  eachCrypto((crypto) => {
    for (const [key, stream] of tests) {
      it(`RFC 6229: a key of ${key.length * 4} bits, ${key.slice(0, 8)}…`, () => {
        const parts = head.offsets.map((offset) => hexOf(crypto.rc4(hex(key), offset, new Uint8Array(16))));
        expect(parts.join('')).to.equal(stream);
      });
    }

    it('decrypts what it encrypted', () => {
      const key = ascii('a key of WPA');
      const sealed = crypto.rc4(key, 256, ascii('group key'));
      expect(sealed).to.not.deep.equal(ascii('group key'));
      expect(crypto.rc4(key, 256, sealed)).to.deep.equal(ascii('group key'));
    });

    it('skips nothing for a count below one', () => {
      const [key, stream] = tests[0] ?? ['', ''];
      for (const skip of [0, -1, Number.NaN]) {
        expect(hexOf(crypto.rc4(hex(key), skip, new Uint8Array(16)))).to.equal(stream.slice(0, 32));
      }
    });

    it('gives nothing away under an empty key', () => {
      expect(crypto.rc4(new Uint8Array(0), 0, ascii('group key'))).to.have.length(0);
    });
  });
});

import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { expand, extract } from '../../../../../operators/core/rsn/sae/hkdf.js';
import { hex } from '../../../../streams/frames/hex.js';

const count = (from: number, to: number): Uint8Array => Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i);
const asText = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** RFC 5869 Appendix A, the three with SHA-256. */
const cases = [
  {
    title: 'A.1: basic',
    material: new Uint8Array(22).fill(0x0b),
    salt: count(0, 12),
    info: count(0xf0, 0xf9),
    prk: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
    okm: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    title: 'A.2: longer inputs and outputs',
    material: count(0x00, 0x4f),
    salt: count(0x60, 0xaf),
    info: count(0xb0, 0xff),
    prk: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
    okm: `b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
          59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
          cc30c58179ec3e87c14c01d5c1f3434f1d87`,
  },
  {
    title: 'A.3: without salt and info',
    material: new Uint8Array(22).fill(0x0b),
    salt: new Uint8Array(0),
    info: new Uint8Array(0),
    prk: '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
    okm: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
];

describe('HKDF', () => {
  for (const { title, material, salt, info, prk, okm } of cases) {
    it(`RFC 5869 ${title}`, () => {
      expect(extract(nodeCrypto, 'sha256', salt, material)).to.deep.equal(hex(prk));
      const octets = hex(okm).length;
      expect(expand(nodeCrypto, 'sha256', hex(prk), { info: asText(info), octets })).to.deep.equal(hex(okm));
    });
  }

  it('gives the beginning of the longer output when less is asked for', () => {
    const key = new Uint8Array(64).fill(7);
    const long = expand(nodeCrypto, 'sha512', key, { info: 'label', octets: 130 });
    for (const octets of [0, 1, 63, 64, 65, 128]) {
      expect(expand(nodeCrypto, 'sha512', key, { info: 'label', octets })).to.deep.equal(long.subarray(0, octets));
    }
  });
});

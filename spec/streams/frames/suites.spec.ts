import { expect } from 'chai';
import { AkmSuite, CipherSuite, StatusCode } from '../../../streams/frames/index.js';

const types = (codes: Readonly<Record<string, number>>, oui: number): ReadonlyArray<number> =>
  Object.values(codes)
    .filter((selector) => selector >>> 8 === oui)
    .map((selector) => selector & 0xff);

describe('suite selectors', () => {
  it('of ciphers are those of Table 9-149, and the four of WPA1', () => {
    expect(types(CipherSuite.codes, 0x000fac)).to.deep.equal([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(types(CipherSuite.codes, 0x0050f2)).to.deep.equal([0, 1, 2, 4, 5]);
  });

  it('of AKMs are 1 to 25 of Table 9-151, two of WPA1, two of the Wi-Fi Alliance, and no other', () => {
    expect(types(AkmSuite.codes, 0x000fac)).to.deep.equal(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(types(AkmSuite.codes, 0x0050f2)).to.deep.equal([1, 2]);
    expect(types(AkmSuite.codes, 0x506f9a)).to.deep.equal([1, 2]);
    expect(Object.keys(AkmSuite.codes)).to.have.length(29);
  });

  it('are shown by name and in hex', () => {
    expect(AkmSuite.show(0x000fac08)).to.equal('SAE (0x000FAC08)');
    expect(CipherSuite.show(0x000fac0a)).to.equal('CCMP_256 (0x000FAC0A)');
    expect(CipherSuite.show(0x00147201)).to.equal('UNNAMED (0x00147201)');
    expect(AkmSuite.parse('FT_SAE_EXT_KEY')).to.equal(0x000fac19);
  });
});

describe('status codes', () => {
  it('are shown by name and in hex', () => {
    expect(StatusCode.show(76)).to.equal('ANTI_CLOGGING_TOKEN_REQUIRED (0x004C)');
    expect(StatusCode.show(126)).to.equal('SAE_HASH_TO_ELEMENT (0x007E)');
  });
});

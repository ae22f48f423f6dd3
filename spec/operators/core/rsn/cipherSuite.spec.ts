import { expect } from 'chai';
import { cipherByWindows, cipherOf, ciphers } from '../../../../operators/core/rsn/cipherSuite.js';
import { Cipher } from '../../../../streams/events/index.js';
import { CipherSuite } from '../../../../streams/frames/index.js';

const inWords = (selector: number): string | undefined => {
  const row = cipherOf(selector);
  return row && `${row.name} ${row.keyLength} ${row.form} ${row.role} ${Cipher.nameOf(row.windows)}`;
};

describe('the table of cipher suites', () => {
  it('has the key lengths of IEEE 802.11-2020 Table 12-7', () => {
    expect(inWords(0x000fac04)).to.equal('CCMP-128 16 ccmp data CCMP');
    expect(inWords(0x000fac06)).to.equal('BIP-CMAC-128 16 bip management BIP');
    expect(inWords(0x000fac08)).to.equal('GCMP-128 16 gcmp data GCMP');
    expect(inWords(0x000fac09)).to.equal('GCMP-256 32 gcmp data GCMP_256');
    expect(inWords(0x000fac0a)).to.equal('CCMP-256 32 ccmp data CCMP_256');
    expect(inWords(0x000fac0b)).to.equal('BIP-GMAC-128 16 bip management BIP_GMAC_128');
    expect(inWords(0x000fac0c)).to.equal('BIP-GMAC-256 32 bip management BIP_GMAC_256');
    expect(inWords(0x000fac0d)).to.equal('BIP-CMAC-256 32 bip management BIP_CMAC_256');
    expect(inWords(0x0050f204)).to.equal('CCMP-128 16 ccmp data CCMP');
  });

  it('R125: a key of TKIP has room for the two Michael keys', () => {
    expect(inWords(0x000fac02)).to.equal('TKIP 32 tkip data TKIP');
    expect(inWords(0x0050f202)).to.equal('TKIP 32 tkip data TKIP');
  });

  it('makes no keys for WEP, for "use the group cipher" and for "no group traffic"', () => {
    const { USE_GROUP, WEP40, WEP104, NO_GROUP_TRAFFIC } = CipherSuite.codes;
    expect([USE_GROUP, WEP40, WEP104, NO_GROUP_TRAFFIC].map(cipherOf)).to.deep.equal(Array.from({ length: 4 }));
  });

  it('finds by a code of Windows the suite of RSN', () => {
    const rsn = ciphers.filter(({ selector }) => selector >>> 8 === 0x000fac);
    expect(rsn.map(({ windows }) => cipherByWindows(windows))).to.deep.equal(rsn);
    expect(cipherByWindows(Cipher.codes.WEP)).to.equal(undefined);
  });
});

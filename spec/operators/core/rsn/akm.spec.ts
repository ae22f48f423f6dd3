import { expect } from 'chai';
import { type Akm, akmOf, akms, parametersOf } from '../../../../operators/core/rsn/akm.js';
import { AuthAlgorithm } from '../../../../streams/events/index.js';
import { AkmSuite } from '../../../../streams/frames/index.js';

/** IEEE 802.11-2020 Tables 9-151 and 12-11 by hand: hash, KCK, KEK, MIC, integrity algorithm, key descriptor version. */
const table: Readonly<Record<string, string>> = {
  '0050f201': 'sha1 16 16 16 byVersion byCipher',
  '0050f202': 'sha1 16 16 16 byVersion byCipher',
  '000fac01': 'sha1 16 16 16 byVersion byCipher',
  '000fac02': 'sha1 16 16 16 byVersion byCipher',
  '000fac03': 'sha256 16 16 16 aesCmac 3',
  '000fac04': 'sha256 16 16 16 aesCmac 3',
  '000fac05': 'sha256 16 16 16 aesCmac 3',
  '000fac06': 'sha256 16 16 16 aesCmac 3',
  '000fac08': 'sha256 16 16 16 aesCmac 0',
  '000fac09': 'sha256 16 16 16 aesCmac 0',
  '000fac0b': 'sha256 16 16 16 hmacSha256 0',
  '000fac0c': 'sha384 24 32 24 hmacSha384 0',
  '000fac0d': 'sha384 24 32 24 hmacSha384 0',
  '000fac0e': 'sha256 0 32 0 none 0',
  '000fac0f': 'sha384 0 64 0 none 0',
  '000fac10': 'sha256 0 32 0 none 0',
  '000fac11': 'sha384 0 64 0 none 0',
  '000fac13': 'sha384 24 32 24 hmacSha384 0',
  '000fac14': 'sha384 24 32 24 hmacSha384 0',
  '000fac16': 'sha384 24 32 24 hmacSha384 0',
  '000fac17': 'sha384 24 32 24 hmacSha384 0',
};

/** Where the group decides: the same by the length of the PMK (Table 12-11, RFC 8110 4.4). */
const byPmkLength: Readonly<Record<number, string>> = {
  32: 'sha256 16 16 16 hmacSha256 0',
  48: 'sha384 24 32 24 hmacSha384 0',
  64: 'sha512 32 32 32 hmacSha512 0',
};

const hexOf = (selector: number): string => selector.toString(16).padStart(8, '0');

const inWords = (akm: Akm, pmkLength: number): string => {
  const { hash, kck, kek, mic, micAlgorithm, descriptorVersion } = parametersOf(akm, pmkLength);
  return [hash, kck, kek, mic, micAlgorithm, descriptorVersion].join(' ');
};

const { RSNA, RSNA_PSK, WPA, WPA_PSK, WPA3_ENT, WPA3_ENT_192, WPA3_SAE, OWE } = AuthAlgorithm.codes;
const suitesOf = (windows: number): ReadonlyArray<number> =>
  akms.filter((akm) => akm.windows.includes(windows)).map(({ selector }) => selector);

describe('the table of AKM suites', () => {
  for (const akm of akms) {
    it(`${akm.name} is keyed as the standard prescribes`, () => {
      const expected = akm.pmkLengths.map((length) => table[hexOf(akm.selector)] ?? byPmkLength[length]);
      expect(akm.pmkLengths.map((length) => inWords(akm, length))).to.deep.equal(expected);
    });
  }

  it('has every suite of the handshake, once, by a name of its own', () => {
    const group = [AkmSuite.codes.OWE, AkmSuite.codes.SAE_EXT_KEY, AkmSuite.codes.FT_SAE_EXT_KEY];
    const selectors = akms.map(({ selector }) => selector);
    expect(selectors).to.have.members([...Object.keys(table).map((selector) => Number.parseInt(selector, 16)), ...group]);
    expect(new Set(akms.map(({ name }) => name)).size).to.equal(akms.length);
  });

  it('finds a suite by its selector, and none it does not have', () => {
    for (const akm of akms) expect(akmOf(akm.selector)).to.equal(akm);
    expect(akmOf(AkmSuite.codes.PASN)).to.equal(undefined);
    expect(akmOf(0)).to.equal(undefined);
  });

  it('knows fast transition, WPA1, and where the PMK comes from', () => {
    const { FT_802_1X, FT_PSK, FT_SAE, FT_FILS_SHA384, FILS_SHA256, PSK, WPA_802_1X, OWE: OPEN } = AkmSuite.codes;
    const named = (selector: number) => {
      const { protocol, source, fastTransition } = akmOf(selector) ?? {};
      return [protocol, source, fastTransition];
    };
    expect(named(FT_802_1X)).to.deep.equal(['rsn', 'oneX', true]);
    expect(named(FT_PSK)).to.deep.equal(['rsn', 'psk', true]);
    expect(named(FT_SAE)).to.deep.equal(['rsn', 'sae', true]);
    expect(named(FT_FILS_SHA384)).to.deep.equal(['rsn', 'fils', true]);
    expect(named(FILS_SHA256)).to.deep.equal(['rsn', 'fils', false]);
    expect(named(PSK)).to.deep.equal(['rsn', 'psk', false]);
    expect(named(OPEN)).to.deep.equal(['rsn', 'owe', false]);
    expect(named(WPA_802_1X)).to.deep.equal(['wpa', 'oneX', false]);
  });

  it('R41: each authentication algorithm of an association stands for the suites Windows means by it', () => {
    const suite = AkmSuite.codes;
    expect(suitesOf(WPA)).to.deep.equal([suite.WPA_802_1X]);
    expect(suitesOf(WPA_PSK)).to.deep.equal([suite.WPA_PSK]);
    expect(suitesOf(OWE)).to.deep.equal([suite.OWE]);
    expect(suitesOf(WPA3_SAE)).to.have.members([suite.SAE, suite.FT_SAE, suite.SAE_EXT_KEY, suite.FT_SAE_EXT_KEY]);
    expect(suitesOf(RSNA_PSK)).to.have.members([
      suite.PSK,
      suite.FT_PSK,
      suite.PSK_SHA256,
      suite.FT_PSK_SHA384,
      suite.PSK_SHA384,
    ]);
    expect(suitesOf(WPA3_ENT_192)).to.have.members([suite.SUITE_B_192, suite.FT_802_1X_SHA384]);
    const enterprise = akms.filter(({ protocol, source }) => protocol === 'rsn' && (source === 'oneX' || source === 'fils'));
    expect(suitesOf(RSNA)).to.deep.equal(enterprise.map(({ selector }) => selector));
    expect(suitesOf(WPA3_ENT)).to.deep.equal(suitesOf(RSNA));
  });
});

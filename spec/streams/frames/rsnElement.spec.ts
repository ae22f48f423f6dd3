import { expect } from 'chai';
import fc from 'fast-check';
import {
  effectiveRsn,
  RsnCapability,
  type RsnElement,
  readRsnElement,
  withPmkids,
  writeRsnElement,
} from '../../../streams/frames/index.js';
import { octets } from './arbitraries.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const CCMP = 0x000fac04;
const ONE_X = 0x000fac01;
const NONE = hex('');
const PMKID = hex('0102030405060708090a0b0c0d0e0f10');
const OTHER_PMKID = hex('a0a1a2a3a4a5a6a7a8a9aaabacadaeaf');

const read = (element: string): RsnElement => decoded(readRsnElement(hex(element).subarray(2)));
const refused = (element: string) => refusal(readRsnElement(hex(element).subarray(2)));

/** The examples of IEEE 802.11-2020 9.4.2.24.1, as unit/test-ie.c of iwd has them. */
const EXAMPLES: ReadonlyArray<readonly [name: string, element: string, value: RsnElement]> = [
  [
    '802.1X, CCMP',
    '3014 0100 000fac04 0100 000fac04 0100 000fac01 0000',
    { version: 1, group: CCMP, pairwise: [CCMP], akms: [ONE_X], capabilities: 0, rest: NONE },
  ],
  [
    'preauthentication',
    '3014 0100 000fac04 0100 000fac04 0100 000fac01 0100',
    { version: 1, group: CCMP, pairwise: [CCMP], akms: [ONE_X], capabilities: RsnCapability.PREAUTHENTICATION, rest: NONE },
  ],
  [
    'the group key for all, WEP-40',
    '3012 0100 000fac01 0100 000fac00 0100 000fac01',
    { version: 1, group: 0x000fac01, pairwise: [0x000fac00], akms: [ONE_X], rest: NONE },
  ],
  [
    'a PMKID',
    '3026 0100 000fac04 0100 000fac04 0100 000fac01 0100 0100 0102030405060708090a0b0c0d0e0f10',
    { version: 1, group: CCMP, pairwise: [CCMP], akms: [ONE_X], capabilities: 1, pmkids: [PMKID], rest: NONE },
  ],
  [
    'management frame protection',
    '301a 0100 000fac04 0100 000fac04 0100 000fac01 8000 0000 000fac06',
    {
      version: 1,
      group: CCMP,
      pairwise: [CCMP],
      akms: [ONE_X],
      capabilities: RsnCapability.MFPC,
      pmkids: [],
      groupManagement: 0x000fac06,
      rest: NONE,
    },
  ],
];

describe('RSN element', () => {
  for (const [name, element, value] of EXAMPLES) {
    it(`reads and writes the example of 9.4.2.24.1: ${name}`, () => {
      expectSame(read(element), value);
      expectBytes(written(writeRsnElement(value)), hex(element));
    });
  }

  it('is optional from the end: every field may be the last', () => {
    expectSame(read('3002 0100'), { version: 1, rest: NONE });
    expectSame(read('3006 0100 000fac04'), { version: 1, group: CCMP, rest: NONE });
    expectSame(read('300c 0100 000fac04 0100 000fac04'), { version: 1, group: CCMP, pairwise: [CCMP], rest: NONE });
    expectSame(read('3012 0100 000fac04 0100 000fac04 0100 000fac01'), {
      version: 1,
      group: CCMP,
      pairwise: [CCMP],
      akms: [ONE_X],
      rest: NONE,
    });
  });

  it('has lists of more than one, and of none', () => {
    expect(read('3010 0100 000fac04 0200 000fac04 000fac08').pairwise).to.deep.equal([CCMP, 0x000fac08]);
    expect(read('300e 0100 000fac04 0000 0100 000fac01')).to.deep.include({ pairwise: [], akms: [ONE_X] });
  });

  it('of another version is read as far as the version', () => {
    expectSame(read('3006 0200 000fac04'), { version: 2, rest: hex('000fac04') });
    expectSame(read('3002 0000'), { version: 0, rest: NONE });
  });

  it('keeps what follows the last known field, and writes it back', () => {
    const element = '301c 0100 000fac04 0100 000fac04 0100 000fac01 0000 0000 000fac06 0102';
    expectSame(read(element).rest, hex('0102'));
    expectBytes(written(writeRsnElement(read(element))), hex(element));
  });

  // The elements are those of rsn_parse_tests in hostap's src/common/common_module_tests.c.
  it('is refused where a count promises more than there is, at the count', () => {
    for (const [element, field, offset] of [
      ['3008 0100 000fac04 0001', 'Pairwise Cipher Suite Count', 6],
      ['300c 0100 000fac04 0001 000fac04', 'Pairwise Cipher Suite Count', 6],
      ['300e 0100 000fac04 0100 000fac04 0001', 'AKM Suite Count', 12],
      ['3016 0100 000fac04 0100 000fac04 0100 000fac01 0000 0001', 'PMKID Count', 20],
    ] as const)
      expect(refused(element), element).to.include({ code: 'LENGTH', field, offset });
    expect(refused('300c 0100 000fac04 0001 000fac04').message).to.equal(
      'RSN element.Pairwise Cipher Suite Count at byte 6: expected at most the 1 that follow, found 256',
    );
  });

  it('is refused where a field is cut, at the field', () => {
    for (const [element, field, offset] of [
      ['3000', 'Version', 0],
      ['3001 01', 'Version', 0],
      ['3003 0100 00', 'Group Data Cipher Suite', 2],
      ['3007 0100 000fac04 00', 'Pairwise Cipher Suite Count', 6],
      ['300d 0100 000fac04 0100 000fac04 00', 'AKM Suite Count', 12],
      ['3013 0100 000fac04 0100 000fac04 0100 000fac01 00', 'RSN Capabilities', 18],
      ['3015 0100 000fac04 0100 000fac04 0100 000fac01 0000 00', 'PMKID Count', 20],
      ['3017 0100 000fac04 0100 000fac04 0100 000fac01 0000 0000 00', 'Group Management Cipher Suite', 22],
    ] as const)
      expect(refused(element), element).to.include({ code: 'TRUNCATED', field, offset });
  });

  it('there and back', () => {
    roundTrips(arbitrary.rsn, writeRsnElement, (bytes) => readRsnElement(bytes.subarray(2)));
  });

  it('with a gap, a PMKID of another length, or too long, is not written', () => {
    const gap = writeRsnElement({ version: 1, group: CCMP, akms: [ONE_X], rest: NONE });
    expect(gap).to.have.nested.include({ _tag: 'Left', 'left.field': 'Pairwise Cipher Suite List' });
    const full = { version: 1, group: CCMP, pairwise: [CCMP], akms: [ONE_X], capabilities: 0 };
    const short = writeRsnElement({ ...full, pmkids: [PMKID.subarray(1)], rest: NONE });
    expect(short).to.have.nested.include({ _tag: 'Left', 'left.field': 'PMKID List' });
    const trailing = writeRsnElement({ ...full, rest: hex('01') });
    expect(trailing).to.have.nested.include({ _tag: 'Left', 'left.field': 'PMKID List' });
    const long = writeRsnElement({ ...full, pmkids: new Array<Uint8Array>(15).fill(PMKID), rest: NONE });
    expect(long).to.have.nested.include({ _tag: 'Left', 'left.field': 'Length' });
  });

  it('means CCMP, 802.1X and BIP-CMAC-128 where it says nothing (9.4.2.24)', () => {
    expectSame(effectiveRsn(read('3002 0100')), {
      version: 1,
      group: CCMP,
      pairwise: [CCMP],
      akms: [ONE_X],
      capabilities: 0,
      pmkids: [],
      groupManagement: 0x000fac06,
      rest: NONE,
    });
  });

  it('means what it says where it says something, an empty list too', () => {
    fc.assert(
      fc.property(arbitrary.rsn, (rsn) => {
        expectSame({ ...effectiveRsn(rsn), ...rsn }, effectiveRsn(rsn));
      }),
    );
  });
});

describe('the PMKIDs of an RSN element', () => {
  const SHORT = hex('3014 0100 000fac04 0100 000fac04 0100 000fac04 0000');

  // Frame 145 of a fast transition between hostapd and wpa_supplicant 2.10.
  it('are added behind the capabilities', () => {
    const name = hex('e4216e4bedb1d007b89e2f8db547dfbd');
    const element = hex('3026 0100 000fac04 0100 000fac04 0100 000fac04 0000 0100 e4216e4bedb1d007b89e2f8db547dfbd');
    expectBytes(withPmkids(SHORT, [name]), element);
  });

  it('are added before the group management cipher, and replaced there', () => {
    const none = hex('301a 0100 000fac04 0100 000fac04 0100 000fac08 c000 0000 000fac06');
    const one = hex('302a 0100 000fac04 0100 000fac04 0100 000fac08 c000 0100 0102030405060708090a0b0c0d0e0f10 000fac06');
    expectBytes(withPmkids(none, [PMKID]), one);
    expectBytes(withPmkids(withPmkids(none, [OTHER_PMKID]), [PMKID]), one);
    expectBytes(withPmkids(withPmkids(none, [OTHER_PMKID, PMKID]), []), none);
  });

  it('bring along the fields that have to stand before them', () => {
    const spelt = '3026 0100 000fac04 0100 000fac04 0100 000fac01 0000 0100 0102030405060708090a0b0c0d0e0f10';
    expectBytes(withPmkids(hex('3002 0100'), [PMKID]), hex(spelt));
    const capabilities = '0000 0100 0102030405060708090a0b0c0d0e0f10';
    expectBytes(
      withPmkids(hex('3012 0100 000fac04 0100 000fac04 0100 000fac04'), [PMKID]),
      hex(`3026 0100 000fac04 0100 000fac04 0100 000fac04 ${capabilities}`),
    );
  });

  it('leave an element alone that is none, of another version, or would be too long', () => {
    for (const element of ['', '30', '3003 0100 00', '3002 0200']) expectBytes(withPmkids(hex(element), [PMKID]), hex(element));
    expectBytes(withPmkids(SHORT, []), SHORT);
    expectBytes(withPmkids(SHORT, new Array<Uint8Array>(15).fill(PMKID)), SHORT);
  });

  it('change nothing else', () => {
    fc.assert(
      fc.property(arbitrary.rsn, fc.array(octets(16), { minLength: 1, maxLength: 2 }), (rsn, pmkids) => {
        if (rsn.version !== 1) return;
        const after = decoded(readRsnElement(withPmkids(written(writeRsnElement(rsn)), pmkids).subarray(2)));
        expectSame(effectiveRsn(after), { ...effectiveRsn(rsn), pmkids });
      }),
    );
  });
});

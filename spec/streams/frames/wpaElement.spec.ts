import { expect } from 'chai';
import { effectiveWpa, readWpaElement, type WpaElement, writeWpaElement } from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const TKIP = 0x0050f202;
const CCMP = 0x0050f204;
const PSK = 0x0050f202;

const read = (element: string): WpaElement => decoded(readWpaElement(hex(element).subarray(2)));
const refused = (element: string) => refusal(readWpaElement(hex(element).subarray(2)));

describe('WPA element', () => {
  // unit/test-ie.c of iwd.
  it('reads and writes one with two pairwise ciphers', () => {
    const element = 'dd1a 0050f201 0100 0050f202 0200 0050f204 0050f202 0100 0050f202';
    const value = { version: 1, group: TKIP, pairwise: [CCMP, TKIP], akms: [PSK] };
    expectSame(read(element), value);
    expectBytes(written(writeWpaElement(value)), hex(element));
  });

  // hostapd 2.10, wpa=1.
  it('reads and writes what hostapd announces', () => {
    const element = 'dd16 0050f201 0100 0050f202 0100 0050f202 0100 0050f202';
    expectBytes(written(writeWpaElement(read(element))), hex(element));
  });

  it('may have capabilities, and more', () => {
    const element = 'dd1b 0050f201 0100 0050f202 0100 0050f202 0100 0050f202 2a00 ab cd ef';
    expectSame(read(element), {
      version: 1,
      group: TKIP,
      pairwise: [TKIP],
      akms: [PSK],
      capabilities: 0x2a,
      rest: hex('ab cd ef'),
    });
    expectBytes(written(writeWpaElement(read(element))), hex(element));
  });

  it('is refused with another OUI or type, cut, or with too large a count', () => {
    expect(refused('dd08 0050f202 0100 0050')).to.include({ code: 'VALUE', field: 'OUI Type', offset: 0 });
    expect(refused('dd06 000fac01 0100').message).to.equal(
      'WPA element.OUI Type at byte 0: expected 0x0050f201, found 0x000fac01',
    );
    expect(refused('dd05 0050f201 01')).to.include({ code: 'TRUNCATED', field: 'Version', offset: 4 });
    expect(refused('dd08 0050f201 0100 0050')).to.include({ code: 'TRUNCATED', field: 'Group Cipher Suite', offset: 6 });
    const count = { code: 'LENGTH', field: 'Pairwise Cipher Suite Count', offset: 10 };
    expect(refused('dd10 0050f201 0100 0050f202 0200 0050f202')).to.include(count);
  });

  it('of another version is read as far as the version', () => {
    const element = 'dd08 0050f201 0200 0050';
    expectSame(read(element), { version: 2, rest: hex('0050') });
    expectBytes(written(writeWpaElement(read(element))), hex(element));
  });

  it('means TKIP and 802.1X where it says nothing', () => {
    expectSame(effectiveWpa(read('dd06 0050f201 0100')), {
      version: 1,
      group: TKIP,
      pairwise: [TKIP],
      akms: [0x0050f201],
      capabilities: 0,
    });
  });

  it('there and back', () => {
    roundTrips(arbitrary.wpa, writeWpaElement, (bytes) => readWpaElement(bytes.subarray(2)));
  });

  it('with a gap is not written', () => {
    const gap = writeWpaElement({ version: 1, pairwise: [TKIP] });
    expect(gap).to.have.nested.include({ _tag: 'Left', 'left.field': 'Group Cipher Suite' });
  });
});

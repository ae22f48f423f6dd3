import { expect } from 'chai';
import {
  readEncapsulationEntry,
  readEtherTypes,
  readPrivacyExemption,
  readPrivacyExemptions,
  writeEncapsulationEntry,
  writeEtherTypes,
  writePrivacyExemption,
  writePrivacyExemptions,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal } from './expectations.js';
import { changed, hex } from './hex.js';

const EAPOL = { etherType: 0x888e, action: 2, packets: 3 };
const WAPI = { etherType: 0x88b4, action: 1, packets: 1 };
const LIST = hex('80 01 0c 00  02 00 00 00  02 00 00 00  88 8e 02 00 03 00  88 b4 01 00 01 00');

describe('EtherTypes in memory', () => {
  it('R61: a registration of EAPOL is the bytes 88 8E', () => {
    expectBytes(writeEtherTypes([0x888e, 0x88c7]), hex('88 8e 88 c7'));
    expectSame(decoded(readEtherTypes(hex('88 8e 88 c7'))), [0x888e, 0x88c7]);
  });

  it('R62: no registration is no bytes', () => {
    expectBytes(writeEtherTypes([]), hex(''));
    expectSame(decoded(readEtherTypes(hex(''))), []);
  });

  it('R61: refuses half a registration', () => {
    expect(refusal(readEtherTypes(hex('88 8e 88')))).to.include({ code: 'TRUNCATED', offset: 2 });
  });

  it('R61: an exemption has its EtherType big-endian and the rest little-endian', () => {
    expectBytes(writePrivacyExemption(EAPOL), hex('88 8e 02 00 03 00'));
    expectSame(decoded(readPrivacyExemption(hex('88 8e 02 00 03 00'))), EAPOL);
  });

  it('R61: so do the exemptions of a list', () => {
    expectBytes(writePrivacyExemptions([EAPOL, WAPI]), LIST);
    expectSame(decoded(readPrivacyExemptions(LIST)), [EAPOL, WAPI]);
  });

  it('R62: a list of no exemption is its fixed part', () => {
    expectBytes(writePrivacyExemptions([]), hex('80 01 0c 00  00 00 00 00  00 00 00 00'));
    expectSame(decoded(readPrivacyExemptions(writePrivacyExemptions([]))), []);
  });

  it('R61: refuses uNumOfEntries beyond the bytes given', () => {
    for (const octets of [
      [3, 0, 0, 0],
      [0xff, 0xff, 0xff, 0xff],
    ]) {
      const error = refusal(readPrivacyExemptions(changed(LIST, 4, ...octets)));
      expect(error).to.include({ code: 'LENGTH', field: 'uNumOfEntries', offset: 4 });
    }
  });

  it('R61: refuses uTotalNumOfEntries below uNumOfEntries', () => {
    expect(refusal(readPrivacyExemptions(changed(LIST, 8, 1)))).to.include({ field: 'uTotalNumOfEntries', offset: 8 });
  });

  it('R61: an encapsulation entry has its EtherType big-endian as well', () => {
    expectBytes(writeEncapsulationEntry({ etherType: 0x80f3, encapsulation: 2 }), hex('80 f3 02 00'));
    expectSame(decoded(readEncapsulationEntry(hex('80 f3 02 00'))), { etherType: 0x80f3, encapsulation: 2 });
  });
});

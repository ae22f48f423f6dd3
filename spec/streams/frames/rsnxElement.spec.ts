import { expect } from 'chai';
import fc from 'fast-check';
import { hasRsnxCapability, RsnxCapability, readRsnxElement, rsnxWith, writeRsnxElement } from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

describe('RSNX element', () => {
  // f4 01 20 is what hostapd 2.10 announces hash-to-element with.
  it('reads and writes one octet of capabilities', () => {
    const rsnx = decoded(readRsnxElement(hex('20')));
    expectSame(rsnx, { capabilities: hex('20') });
    expect(hasRsnxCapability(rsnx, RsnxCapability.SAE_H2E)).to.equal(true);
    expect(hasRsnxCapability(rsnx, RsnxCapability.SAE_PK)).to.equal(false);
    expectBytes(written(writeRsnxElement(rsnxWith(RsnxCapability.SAE_H2E))), hex('f40120'));
  });

  it('counts bits on from octet to octet', () => {
    const rsnx = decoded(readRsnxElement(hex('22 00 20')));
    expect(hasRsnxCapability(rsnx, RsnxCapability.SSID_PROTECTION)).to.equal(true);
    expect(hasRsnxCapability(rsnx, RsnxCapability.SECURE_LTF)).to.equal(false);
    expect(hasRsnxCapability(rsnx, 127)).to.equal(false);
    expectSame(rsnxWith(RsnxCapability.SSID_PROTECTION, RsnxCapability.SAE_H2E).capabilities, hex('22 00 20'));
  });

  it('has no capability in its length', () => {
    const rsnx = decoded(readRsnxElement(hex('0f 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80')));
    expect([0, 1, 2, 3].some((bit) => hasRsnxCapability(rsnx, bit))).to.equal(false);
    expect(hasRsnxCapability(rsnx, 127)).to.equal(true);
    expectSame(rsnxWith(0, 1, 2, 3, 128, -1).capabilities, hex('00'));
  });

  it('keeps more octets than it announces, and refuses fewer', () => {
    expectSame(decoded(readRsnxElement(hex('20 ab cd'))), { capabilities: hex('20'), rest: hex('ab cd') });
    expect(refusal(readRsnxElement(hex('21')))).to.include({ code: 'LENGTH', field: 'Field Length', offset: 0 });
    expect(refusal(readRsnxElement(hex('')))).to.include({ code: 'TRUNCATED', offset: 0 });
  });

  it('is not written when its length does not say how long it is', () => {
    for (const capabilities of [hex(''), hex('21'), hex('20 00')])
      expect(writeRsnxElement({ capabilities })._tag).to.equal('Left');
  });

  it('there and back', () => {
    roundTrips(arbitrary.rsnx, writeRsnxElement, (bytes) => readRsnxElement(bytes.subarray(2)));
  });

  it('has exactly the capabilities it was made with', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 4, max: 127 })), (bits) => {
        const rsnx = rsnxWith(...bits);
        const found = Array.from({ length: 140 }, (_, bit) => bit).filter((bit) => hasRsnxCapability(rsnx, bit));
        expect(found).to.deep.equal([...new Set(bits)].sort((a, b) => a - b));
      }),
    );
  });
});

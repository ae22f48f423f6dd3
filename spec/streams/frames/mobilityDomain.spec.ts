import { expect } from 'chai';
import { readMobilityDomain, writeMobilityDomain } from '../../../streams/frames/index.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

describe('Mobility Domain element', () => {
  // hostapd 2.10, mobility_domain=a1b2.
  it('reads and writes what hostapd announces', () => {
    const value = { domain: hex('a1b2'), overDs: false, resourceRequest: false };
    expectSame(decoded(readMobilityDomain(hex('a1b200'))), value);
    expectBytes(written(writeMobilityDomain(value)), hex('3603a1b200'));
  });

  it('has two capabilities, and passes over all else', () => {
    expect(decoded(readMobilityDomain(hex('a1b201')))).to.include({ overDs: true, resourceRequest: false });
    expect(decoded(readMobilityDomain(hex('a1b2fe 01')))).to.include({ overDs: false, resourceRequest: true });
  });

  it('is refused when it is cut, and not written with another identifier', () => {
    expect(refusal(readMobilityDomain(hex('a1')))).to.include({ code: 'TRUNCATED', field: 'MDID', offset: 0 });
    expect(refusal(readMobilityDomain(hex('a1b2')))).to.include({ field: 'FT Capability and Policy', offset: 2 });
    const long = writeMobilityDomain({ domain: hex('a1b2c3'), overDs: true, resourceRequest: true });
    expect(long).to.have.nested.include({ _tag: 'Left', 'left.field': 'MDID' });
  });

  it('there and back', () => {
    roundTrips(arbitrary.mobilityDomain, writeMobilityDomain, (bytes) => readMobilityDomain(bytes.subarray(2)));
  });
});

import { expect } from 'chai';
import * as fc from 'fast-check';
import { readTimeoutInterval, TIMEOUT_INTERVAL, writeTimeoutInterval } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

describe('Timeout Interval element', () => {
  // hostapd 2.10, reassociation_deadline=1000, in message 3.
  it('reads and writes what hostapd says', () => {
    const value = { type: TIMEOUT_INTERVAL.REASSOCIATION_DEADLINE, value: 1000 };
    expectSame(decoded(readTimeoutInterval(hex('01e8030000'))), value);
    expectBytes(written(writeTimeoutInterval(value)), hex('380501e8030000'));
  });

  it('is refused when it is cut', () => {
    expect(refusal(readTimeoutInterval(hex('02ffff')))).to.include({ code: 'TRUNCATED', field: 'Timeout Interval Value' });
  });

  it('there and back', () => {
    const interval = fc.record({ type: fc.integer({ min: 0, max: 255 }), value: fc.integer({ min: 0, max: 0xffffffff }) });
    roundTrips(interval, writeTimeoutInterval, (bytes) => readTimeoutInterval(bytes.subarray(2)));
  });
});

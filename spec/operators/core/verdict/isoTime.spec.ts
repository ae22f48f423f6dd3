import { expect } from 'chai';
import fc from 'fast-check';
import { isoTime } from '../../../../operators/core/verdict/json/isoTime.js';

describe('isoTime', () => {
  it('is what the calendar of the platform says, with microseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_007_199_254_739 }), fc.integer({ min: 0, max: 999 }), (milliseconds, micros) => {
        const expected = new Date(milliseconds).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
        expect(isoTime(milliseconds * 1000 + micros)).to.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows leap days, and drops what is finer than a microsecond', () => {
    expect(isoTime(1_709_164_800_000_000 + 0.75)).to.equal('2024-02-29T00:00:00.000000Z');
    expect(isoTime(951_782_399_999_999.5)).to.equal('2000-02-28T23:59:59.999999Z');
  });

  it('is nothing where nothing tells the time', () => {
    for (const time of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) expect(isoTime(time), String(time)).to.equal(null);
  });
});

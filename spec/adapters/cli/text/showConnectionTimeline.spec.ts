import { expect } from 'chai';
import fc from 'fast-check';
import { microsecondsOf } from '../../../../adapters/cli/text/showConnectionTimeline.js';
import { isoTime } from '../../../../operators/core/verdict/json/isoTime.js';

/** Later than this, microseconds are no whole numbers any more. */
const LAST = Math.floor(Number.MAX_SAFE_INTEGER / 1_000_000) - 1;

describe('microsecondsOf', () => {
  it('reads back what isoTime wrote, whichever day came before', () => {
    const seconds = fc.integer({ min: 1, max: LAST });
    fc.assert(
      fc.property(fc.array(fc.tuple(seconds, fc.nat(999_999)), { minLength: 1 }), (times) => {
        for (const [second, fraction] of times) {
          const time = second * 1_000_000 + fraction;
          expect(microsecondsOf(isoTime(time))).to.equal(time);
        }
      }),
    );
  });

  it('is nothing where there is no time', () => {
    expect(microsecondsOf(isoTime(0))).to.equal(undefined);
  });
});

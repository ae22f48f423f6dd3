import { expect } from 'chai';
import fc from 'fast-check';
import { nextWait, RFC_5080 } from '../../../../adapters/radius/index.js';

const waits = (random: number, count: number): ReadonlyArray<number> => {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push(nextWait(RFC_5080, all.at(-1), random));
  return all;
};

describe('the waits of RFC 5080 2.2.1', () => {
  it('double from two seconds to sixteen', () => {
    expect(waits(0.5, 6)).to.deep.equal([2000, 4000, 8000, 16000, 16000, 16000]);
  });

  it('differ by a tenth at most, at both bounds', () => {
    expect(waits(0, 5).map(Math.round)).to.deep.equal([1800, 3420, 6498, 12346, 14400]);
    expect(nextWait(RFC_5080, undefined, 1)).to.equal(2200);
    expect(nextWait(RFC_5080, 16000, 1)).to.equal(17600);
  });

  it('never come to more than the longest and a tenth', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.option(fc.double({ min: 1, max: 17600, noNaN: true }), { nil: undefined }), (random, previous) => {
        const wait = nextWait(RFC_5080, previous, random);
        expect(wait).to.be.within(1, 17600);
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { createCaptureClock, SECOND } from '../../../../operators/core/shadow/CaptureClock.js';

const EPOCH = 1_700_000_000 * SECOND;

const elapsedAfter = (...seconds: ReadonlyArray<number>): number => {
  const clock = createCaptureClock();
  for (const each of seconds) clock.advance(EPOCH + each * SECOND);
  return clock.elapsed / SECOND;
};

describe('the clock of a capture', () => {
  it('begins with the first frame', () => {
    expect(elapsedAfter(5)).to.equal(0);
    expect(elapsedAfter(5, 12)).to.equal(7);
  });

  it('stands still while frames come a little out of order', () => {
    expect(elapsedAfter(0, 8, 3, 7)).to.equal(8);
    expect(elapsedAfter(0, 8, 3, 9)).to.equal(9);
  });

  it('goes on from where a clock was set back to', () => {
    expect(elapsedAfter(1000, 1001, 0, 1, 2)).to.equal(3);
  });

  it('does not run faster when two interfaces disagree about the time', () => {
    expect(elapsedAfter(0, 100, 1, 101, 2, 102, 3)).to.equal(102);
  });

  it('takes no time from what has none', () => {
    const clock = createCaptureClock();
    for (const time of [EPOCH, 0, Number.NaN, Number.POSITIVE_INFINITY, EPOCH + SECOND]) clock.advance(time);
    expect(clock.elapsed).to.equal(SECOND);
  });

  it('never goes back, and never beyond the steps forward', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 52 })), (times) => {
        const clock = createCaptureClock();
        let before = 0;
        let forward = 0;
        for (const [i, time] of times.entries()) {
          clock.advance(time);
          forward += Math.max(0, time - (times[i - 1] ?? time));
          expect(clock.elapsed).to.be.at.least(before);
          before = clock.elapsed;
        }
        expect(before).to.be.at.most(forward);
      }),
    );
  });
});

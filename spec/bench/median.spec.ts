import { expect } from 'chai';
import { median } from '../../bench/median.js';

describe('the median of a benchmark', () => {
  it('is the one in the middle, or the mean of the two', () => {
    expect(median([7])).to.equal(7);
    expect(median([10, 1, 2])).to.equal(2);
    expect(median([4, 1])).to.equal(2.5);
    expect(median([100, 1, 3, 2])).to.equal(2.5);
  });

  it('of nothing is none, and leaves what it is of as it was', () => {
    expect(median([])).to.be.NaN;
    const values = [3, 1, 2];
    median(values);
    expect(values).to.deep.equal([3, 1, 2]);
  });
});

import { strict as assert } from 'node:assert';
import { growthFrom } from '../../../../adapters/cli/explain/leanHeap.js';

const MEGABYTE = 2 ** 20;

describe('the room for what is new', () => {
  it('comes to 16 MB in one step, and not beyond', () => {
    for (const size of [MEGABYTE / 2, MEGABYTE, 3 * MEGABYTE, 5.5 * MEGABYTE, 8 * MEGABYTE]) {
      const grown = size * growthFrom(size);
      assert.ok(grown > 8 * MEGABYTE && grown <= 16 * MEGABYTE, `${size} becomes ${grown}`);
    }
  });

  it('stays where it is once it is enough', () => {
    for (const size of [9, 16, 19, 64]) assert.equal(growthFrom(size * MEGABYTE), 1, `${size} MB`);
  });
});

import { expect } from 'chai';
import { afterwards } from '../../../../adapters/cli/live/afterwards.js';

/** Until so much was done. */
const until = async (isDone: () => boolean): Promise<void> => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('what is done afterwards', () => {
  it('waits for a later turn, and keeps its order', async () => {
    const done: number[] = [];
    const { add } = afterwards<number>((value) => done.push(value));
    add(1);
    add(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).to.deep.equal([]);
    await until(() => done.length === 2);
    add(3);
    await until(() => done.length === 3);
    expect(done).to.deep.equal([1, 2, 3]);
  });

  it('is done at once when it is asked to, and then not again', () => {
    const done: number[] = [];
    const { add, flush } = afterwards<number>((value) => done.push(value));
    add(1);
    flush();
    expect(done).to.deep.equal([1]);
    flush();
    expect(done).to.deep.equal([1]);
  });

  it('takes what is added while it is at work for a later turn', async () => {
    const done: number[] = [];
    const { add, flush } = afterwards<number>((value) => {
      done.push(value);
      if (value < 3) add(value + 1);
    });
    add(1);
    flush();
    expect(done).to.deep.equal([1]);
    await until(() => done.length === 3);
    expect(done).to.deep.equal([1, 2, 3]);
  });
});

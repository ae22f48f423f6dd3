import { expect } from 'chai';
import { afterwards } from '../../../../adapters/cli/live/afterwards.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is done afterwards', () => {
  it('waits for the end of the turn, and keeps its order', async () => {
    const done: number[] = [];
    const { add } = afterwards<number>((value) => done.push(value));
    add(1);
    add(2);
    await Promise.resolve();
    expect(done).to.deep.equal([]);
    await turn();
    expect(done).to.deep.equal([1, 2]);
    add(3);
    await turn();
    expect(done).to.deep.equal([1, 2, 3]);
  });

  it('is done at once when it is asked to, and then not again', async () => {
    const done: number[] = [];
    const { add, flush } = afterwards<number>((value) => done.push(value));
    add(1);
    flush();
    expect(done).to.deep.equal([1]);
    await turn();
    flush();
    expect(done).to.deep.equal([1]);
  });

  it('takes what is added while it is at work for a later turn', async () => {
    const done: number[] = [];
    const { add } = afterwards<number>((value) => {
      done.push(value);
      if (value < 3) add(value + 1);
    });
    add(1);
    await turn();
    expect(done).to.deep.equal([1]);
    await turn();
    await turn();
    expect(done).to.deep.equal([1, 2, 3]);
  });
});

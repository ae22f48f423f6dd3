import { expect } from 'chai';
import fc from 'fast-check';
import { SECOND } from '../../../../operators/core/shadow/CaptureClock.js';
import { createExpiryQueue, type Expiring } from '../../../../operators/core/shadow/ExpiryQueue.js';

interface Item extends Expiring<Item> {
  readonly name: string;
}

const item = (name: string): Item => ({ name, bucket: undefined, turn: undefined });

describe('the queue of those to be looked at again', () => {
  it('hands out who is due, in the order of their times', () => {
    const queue = createExpiryQueue<Item>();
    const due: string[] = [];
    for (const [name, at] of Object.entries({ late: 9, early: 2, never: 50 })) queue.schedule(item(name), at * SECOND);
    queue.expire(20 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal(['early', 'late']);
  });

  it('hands out nobody before the time', () => {
    const queue = createExpiryQueue<Item>();
    const due: string[] = [];
    queue.schedule(item('one'), 2.5 * SECOND);
    queue.expire(2.4 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal([]);
    queue.expire(3.5 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal(['one']);
  });

  it('knows one time of each', () => {
    const queue = createExpiryQueue<Item>();
    const one = item('one');
    const due: string[] = [];
    queue.schedule(one, 2 * SECOND);
    queue.schedule(one, 8 * SECOND);
    queue.expire(5 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal([]);
    queue.cancel(one);
    queue.expire(50 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal([]);
  });

  it('takes somebody back while handing out, without handing out twice at once', () => {
    const queue = createExpiryQueue<Item>();
    let times = 0;
    const again = (one: Item): void => {
      times += 1;
      queue.schedule(one, 0);
    };
    queue.schedule(item('again'), 0);
    queue.expire(10 * SECOND, again);
    expect(times).to.equal(1);
    queue.expire(12 * SECOND, again);
    expect(times).to.equal(2);
  });

  it('leaps over years at the cost of those who wait', () => {
    const queue = createExpiryQueue<Item>();
    const due: string[] = [];
    for (const seconds of [3, 1, 1e9]) queue.schedule(item(`${seconds}`), seconds * SECOND);
    queue.expire(5e9 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal(['1', '3', '1000000000']);
  });

  it('lets anybody go from between others, and holds on to nobody who has gone', () => {
    const queue = createExpiryQueue<Item>();
    const [one, two, three] = [item('one'), item('two'), item('three')];
    const due: string[] = [];
    for (const each of [one, two, three]) queue.schedule(each, SECOND);
    queue.cancel(two);
    expect(two).to.deep.equal(item('two'));
    queue.expire(5 * SECOND, ({ name }) => due.push(name));
    expect(due).to.deep.equal(['one', 'three']);
    expect([one, three]).to.deep.equal([item('one'), item('three')]);
  });

  it('hands out nobody who was let go meanwhile', () => {
    const queue = createExpiryQueue<Item>();
    const [one, two] = [item('one'), item('two')];
    const due: string[] = [];
    for (const each of [one, two]) queue.schedule(each, SECOND);
    queue.expire(5 * SECOND, ({ name }) => {
      due.push(name);
      queue.cancel(two);
    });
    expect(due).to.deep.equal(['one']);
  });

  it('hands out everybody once', () => {
    const times = fc.array(fc.integer({ min: 0, max: 500 * SECOND }));
    fc.assert(
      fc.property(times, fc.array(fc.integer({ min: 0, max: 600 * SECOND })), (dues, looks) => {
        const queue = createExpiryQueue<Item>();
        const handed: string[] = [];
        for (const [i, at] of dues.entries()) queue.schedule(item(`${i}`), at);
        for (const now of [...looks.toSorted((a, b) => a - b), 1000 * SECOND]) {
          queue.expire(now, ({ name }) => {
            expect(dues[Number(name)]).to.be.at.most(now);
            handed.push(name);
          });
        }
        expect(handed.toSorted()).to.deep.equal(dues.map((_, i) => `${i}`).toSorted());
      }),
    );
  });
});

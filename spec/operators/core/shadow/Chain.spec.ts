import { expect } from 'chai';
import fc from 'fast-check';
import { Chain, type Link } from '../../../../operators/core/shadow/Chain.js';

describe('a chain', () => {
  it('has those that are there, in the order they came', () => {
    const chain = new Chain<string>();
    const [, second] = ['one', 'two', 'three'].map((item) => chain.add(item));
    if (second === undefined) throw new Error('three came');
    chain.remove(second);
    expect([...chain]).to.deep.equal(['one', 'three']);
    expect(chain.first).to.equal('one');
    expect(chain.size).to.equal(2);
  });

  it('is empty when all have gone, and takes in others', () => {
    const chain = new Chain<string>();
    chain.remove(chain.add('one'));
    expect([[...chain], chain.first, chain.size]).to.deep.equal([[], undefined, 0]);
    chain.add('two');
    expect([[...chain], chain.first, chain.size]).to.deep.equal([['two'], 'two', 1]);
  });

  it('holds on to nobody through a link that was removed', () => {
    const chain = new Chain<string>();
    const links = ['one', 'two', 'three'].map((item) => chain.add(item));
    for (const link of links) chain.remove(link);
    for (const { before, behind } of links) expect([before, behind]).to.deep.equal([undefined, undefined]);
  });

  it('is gone through as it was when that began', () => {
    const chain = new Chain<number>();
    const links = [0, 1, 2].map((item) => chain.add(item));
    const met: number[] = [];
    for (const item of chain) {
      met.push(item);
      const link = links[item];
      if (link !== undefined) chain.remove(link);
      chain.add(item + 10);
    }
    expect(met).to.deep.equal([0, 1, 2]);
    expect([...chain]).to.deep.equal([10, 11, 12]);
  });

  it('is like a set, whoever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (items) => {
        const chain = new Chain<number>();
        const links = new Map<number, Link<number>>();
        const set = new Set<number>();
        for (const item of items) {
          const link = links.get(item);
          if (link === undefined) links.set(item, chain.add(item));
          else chain.remove(link);
          if (link !== undefined) links.delete(item);
          if (!set.delete(item)) set.add(item);
          expect([...chain]).to.deep.equal([...set]);
          expect(chain.size).to.equal(set.size);
        }
      }),
    );
  });
});

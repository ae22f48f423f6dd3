import { expect } from 'chai';
import type { Attempt } from '../../../../operators/core/shadow/Attempt.js';
import { SECOND } from '../../../../operators/core/shadow/CaptureClock.js';
import { createRegister } from '../../../../operators/core/shadow/Register.js';
import { defaultTimeouts } from '../../../../operators/core/shadow/timeouts.js';
import { A, B, EPOCH, S } from '../../../support/airScript.js';

const MIDDLE = { medium: 'air', beginning: 'middle' } as const;

const register = (mostOpen = 1000) => {
  const handed: Attempt[] = [];
  const books = createRegister({
    timeouts: defaultTimeouts,
    mostOpen,
    lastHeard: () => undefined,
    silence: () => 'quiet',
    handOut: (attempt) => handed.push(attempt),
  });
  const at = (seconds: number): void => books.clock.advance(EPOCH + seconds * SECOND);
  at(0);
  return { books, handed, at };
};

const first = (i: number) => ({ frame: i + 1, time: EPOCH, station: S + i, ap: i % 2 === 0 ? A : B });

describe('the books of who is connected with whom', () => {
  it('forget whoever was handed out', () => {
    const { books, handed, at } = register();
    for (let i = 0; i < 500; i += 1) books.begin(first(i), MIDDLE);
    expect(books.open.size).to.equal(500);
    at(3600);
    books.expire();
    expect(handed).to.have.length(500);
    expect(books.open.size).to.equal(0);
    expect(books.attemptsOf(S)).to.deep.equal([]);
    expect([...books.membersOf(A), ...books.membersOf(B)]).to.deep.equal([]);
  });

  it('look at nobody before the time', () => {
    const { books, handed, at } = register();
    const one = books.begin(first(0), MIDDLE);
    at(20);
    books.touch(one, { frame: 2, time: EPOCH }, true);
    at(45);
    books.expire();
    expect(handed).to.deep.equal([]);
    at(52);
    books.expire();
    expect(handed).to.deep.equal([one]);
  });

  it('find nobody who was silent for too long, whether or not somebody looked', () => {
    const { books, handed, at } = register();
    books.begin(first(0), MIDDLE);
    at(31);
    expect(books.find(S, A, 'associated')).to.equal(undefined);
    expect(handed).to.have.length(1);
  });

  it('know the newest of the two', () => {
    const { books } = register();
    books.begin(first(0), MIDDLE);
    const second = books.begin(first(0), MIDDLE);
    expect(books.find(S, A, 'associated')).to.equal(second);
    expect(books.find(S, B, 'associated')).to.equal(undefined);
  });

  it('have one listener for each access point, as long as it is connected', () => {
    const { books } = register();
    const [one, two] = [books.begin(first(0), MIDDLE), books.begin(first(2), MIDDLE)];
    books.volunteer(one);
    books.volunteer(two);
    expect(books.listenerOf(A)).to.equal(one);
    books.end(one, 'farewell', first(9));
    books.volunteer(one);
    expect(books.listenerOf(A)).to.equal(undefined);
    books.volunteer(two);
    expect(books.listenerOf(A)).to.equal(two);
    books.begin(first(4), MIDDLE);
    books.retire(two, 'quiet');
    expect(books.listenerOf(A)).to.equal(undefined);
  });

  it('keep a connection on a wire under both addresses, once they are known', () => {
    const { books } = register();
    const one = books.begin({ ...first(0), ap: 0 }, { medium: 'wire', beginning: 'middle' });
    books.move(one, S, B);
    expect(books.find(S, B, 'associated')).to.equal(one);
    expect(books.find(S, 0, 'associated')).to.equal(undefined);
    expect([...books.membersOf(0)]).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import type { Attempt } from '../../../../operators/core/shadow/Attempt.js';
import { SECOND } from '../../../../operators/core/shadow/CaptureClock.js';
import { createRegister } from '../../../../operators/core/shadow/Register.js';
import { defaultTimeouts } from '../../../../operators/core/shadow/timeouts.js';
import type { Mark } from '../../../../streams/air/index.js';
import { A, B, EPOCH, S } from '../../../support/airScript.js';

const MIDDLE = { medium: 'air', beginning: 'middle' } as const;

const EPOCH_MARK = { frame: 1, time: EPOCH };
const NAMED = { hashToElement: false, isSetup: false, privacy: false, ssid: Uint8Array.of(1) };

const register = (mostOpen = 1000, lastHeard = (): Mark | undefined => undefined) => {
  const handed: Attempt[] = [];
  const books = createRegister({
    timeouts: defaultTimeouts,
    mostOpen,
    lastHeard,
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

  it('let go in between of whoever is over, and to whom nothing can be added', () => {
    const { books, handed, at } = register(1000, () => ({ frame: 1, time: EPOCH }));
    const announced = { body: new Uint8Array(0), isProbeResponse: false, since: EPOCH_MARK, offer: NAMED, hiddenName: undefined };
    const [settled, unsettled, open] = [0, 1, 2].map((i) => books.begin(first(i), MIDDLE));
    if (settled === undefined || unsettled === undefined || open === undefined) throw new Error('three were begun');
    settled.announced = announced;
    for (const each of [settled, unsettled]) books.end(each, 'farewell', { frame: 9, time: EPOCH });
    at(4.9);
    books.expireSettled();
    expect(handed).to.deep.equal([]);
    at(6.1);
    books.expireSettled();
    expect(handed).to.deep.equal([settled]);
    books.expire();
    expect(handed).to.deep.equal([settled, unsettled]);
    expect([...books.open]).to.deep.equal([open]);
  });

  it('find nobody who was silent for too long, whether or not somebody looked', () => {
    const { books, handed, at } = register();
    books.begin(first(0), MIDDLE);
    at(31);
    expect(books.find(S, A, 'associated')).to.equal(undefined);
    expect(handed).to.have.length(1);
  });

  it('know stations apart whose addresses end alike', () => {
    const { books } = register();
    const alike = { ...first(0), station: S + 2 ** 20 };
    const one = books.begin(first(0), MIDDLE);
    expect(books.attemptsOf(alike.station)).to.deep.equal([]);
    const other = books.begin(alike, MIDDLE);
    books.retire(one, 'quiet');
    expect(books.attemptsOf(S)).to.deep.equal([]);
    expect(books.attemptsOf(alike.station)).to.deep.equal([other]);
  });

  it('are not filled up by stations that begin and get nowhere', () => {
    const { books, handed } = register(10_000);
    const [first1, through] = [books.begin(first(0), MIDDLE), books.begin(first(1), MIDDLE)];
    through.isComplete = true;
    for (let i = 2; i < 2_048; i += 1) books.begin(first(i), MIDDLE);
    expect(handed).to.deep.equal([]);
    books.begin(first(2_048), MIDDLE);
    books.begin(first(2_049), MIDDLE);
    expect(handed).to.deep.equal([first1]);
    expect(books.open.size).to.equal(2_049);
    expect(books.attemptsOf(through.station)).to.deep.equal([through]);
  });

  it('keep nothing of whoever is gone, in whose place another begins', () => {
    const { books, handed } = register(10_000);
    const one = books.begin(first(0), MIDDLE);
    books.retire(one, 'quiet');
    for (let i = 1; i <= 2_048; i += 1) books.begin(first(i), MIDDLE);
    expect(handed).to.deep.equal([one]);
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

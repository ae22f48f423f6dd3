import { expect } from 'chai';
import { finalize, mergeMap, NEVER, of, Subject } from 'rxjs';
import { cancelOn } from '../../operators/index.js';
import type { Terminator } from '../../streams/events/index.js';
import { events, marbles } from './marble.js';

const known = events();
const terminators = { S: known['S'], Z: known['Z'], D: known['D'], V: known['V'] } as Record<string, Terminator>;
const partings = { stopPostAssociate: () => ['z'], adapterReset: () => ['z', 'c'] };

describe('cancelOn', () => {
  it('passes on what comes before a terminator', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     -a-b-c-|');
      const subs = '          ^------!';
      const terminator = hot('--------', terminators);
      const ends = '          ^------!';
      const expected = '      -a-b-c-|';
      expectObservable(work.pipe(cancelOn(terminator, partings))).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
      expectSubscriptions(terminator.subscriptions).toBe(ends);
    });
  });

  it('is silent as long as its source is', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     -------');
      const subs = '          ^------';
      const terminator = hot('-------', terminators);
      expectObservable(work.pipe(cancelOn(terminator, partings))).toBe('-------');
      expectSubscriptions(work.subscriptions).toBe(subs);
      expectSubscriptions(terminator.subscriptions).toBe(subs);
    });
  });

  it('is done with an empty source, and that is no terminator: there are no partings', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     |      ');
      const terminator = hot('---S---', terminators);
      expectObservable(work.pipe(cancelOn(terminator, partings))).toBe('|');
      expectSubscriptions(work.subscriptions).toBe('(^!)');
      expectSubscriptions(terminator.subscriptions).toBe('(^!)');
    });
  });

  const silences = [
    { symbol: 'S', rule: 'R117, R193', name: 'a stop leaves room for its partings', parted: '(z|)' },
    { symbol: 'Z', rule: 'R151', name: 'a reset leaves room for its own, in their order', parted: '(zc|)' },
    { symbol: 'D', rule: 'R160', name: 'a deinit leaves room for nothing', parted: '|' },
    { symbol: 'V', rule: 'R9', name: 'nor does the end of the service', parted: '|' },
  ];
  for (const { symbol, rule, name, parted } of silences) {
    it(`${rule}: ${name}`, () => {
      marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
        const work = cold('     -a-b-c-d-');
        const subs = '          ^---!----';
        const terminator = hot(`----${symbol}----`, terminators);
        expectObservable(work.pipe(cancelOn(terminator, partings))).toBe(`-a-b${parted}`);
        expectSubscriptions(work.subscriptions).toBe(subs);
        expectSubscriptions(terminator.subscriptions).toBe(subs);
      });
    });
  }

  it('says nothing at a terminator nobody gave partings for', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     -a-----');
      const subs = '          ^--!---';
      const terminator = hot('---S---', terminators);
      expectObservable(work.pipe(cancelOn(terminator))).toBe('-a-|');
      expectSubscriptions(work.subscriptions).toBe(subs);
    });
  });

  it('R192: the work inside is unsubscribed too', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const outer = cold('    -x-------');
      const inner = cold('     --i--i--');
      const innerSubs = '     -^----!--';
      const terminator = hot('------S--', terminators);
      const work = outer.pipe(
        mergeMap(() => inner),
        cancelOn(terminator, partings),
      );
      expectObservable(work).toBe('---i--(z|)');
      expectSubscriptions(outer.subscriptions).toBe('^-----!');
      expectSubscriptions(inner.subscriptions).toBe(innerSubs);
    });
  });

  it('R192: releases after the partings and before the handler of the terminator returns', () => {
    const order: string[] = [];
    const handler = new Subject<Terminator>();
    const work = NEVER.pipe(
      finalize(() => order.push('released')),
      cancelOn(handler, { stopPostAssociate: () => ['z'] }),
    );
    work.subscribe({ next: (said) => order.push(said), complete: () => order.push('|') });
    handler.next(terminators['S'] as Terminator);
    order.push('handler returns');
    expect(order).to.deep.equal(['z', '|', 'released', 'handler returns']);
  });

  it('passes an error on and lets go of the terminators', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     -a-#');
      const terminator = hot('-----S', terminators);
      expectObservable(work.pipe(cancelOn(terminator, partings))).toBe('-a-#');
      expectSubscriptions(work.subscriptions).toBe('^--!');
      expectSubscriptions(terminator.subscriptions).toBe('^--!');
    });
  });

  it('says no parting when nobody listens any more', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = cold('     -a-b-c-');
      const unsub = '         ^---!--';
      const terminator = hot('-----S-', terminators);
      expectObservable(work.pipe(cancelOn(terminator, partings)), unsub).toBe('-a-b');
      expectSubscriptions(work.subscriptions).toBe(unsub);
      expectSubscriptions(terminator.subscriptions).toBe(unsub);
    });
  });

  it('begins no work when the terminator comes with the subscription', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const work = cold('(ab)');
      expectObservable(work.pipe(cancelOn(of(terminators['S'] as Terminator), partings))).toBe('(z|)');
      expectSubscriptions(work.subscriptions).toBe([]);
    });
  });

  it('R264: a terminator from inside what the work says stops it there', () => {
    const handler = new Subject<Terminator>();
    const said: string[] = [];
    of('a', 'b', 'c')
      .pipe(cancelOn(handler, partings))
      .subscribe({
        next: (value) => {
          said.push(value);
          if (value === 'b') handler.next(terminators['S'] as Terminator);
        },
        complete: () => said.push('|'),
      });
    expect(said.join('')).to.equal('abz|');
  });
});

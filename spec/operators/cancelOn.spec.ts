import { expect } from 'chai';
import { concat, finalize, type Observable, of, mergeMap } from 'rxjs';
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

  it('releases after the partings and before the handler of the terminator returns', () => {
    marbles(({ cold, hot, expectObservable, flush }) => {
      const order: string[] = [];
      const terminator = hot('---S---', terminators);
      const work = cold('     -a-----').pipe(
        finalize(() => order.push('released')),
        cancelOn(terminator, {
          stopPostAssociate: () => {
            order.push('partings');
            return ['z'];
          },
        }),
      );
      expectObservable(work).toBe('-a-(z|)');
      terminator.subscribe(() => order.push('handler returns'));
      flush();
      expect(order).to.deep.equal(['partings', 'released', 'handler returns']);
    });
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

  it('R264: a terminator from inside what the work says stops it there', () => {
    marbles(({ hot, expectObservable }) => {
      const terminator$: Observable<Terminator> = hot('S', terminators);
      const late = concat(of('a'), of('b'));
      expectObservable(late.pipe(cancelOn(of(terminators['S'] as Terminator), partings))).toBe('(z|)');
      expectObservable(hot('(ab)').pipe(cancelOn(terminator$, partings))).toBe('(abz|)');
    });
  });
});

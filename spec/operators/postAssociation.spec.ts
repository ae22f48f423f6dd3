import { expect } from 'chai';
import { concatMap, map, pipe } from 'rxjs';
import { Ledger } from '../../operators/core/index.js';
import { postAssociation } from '../../operators/index.js';
import { BROADCAST, type Effect, type HostEvent } from '../../streams/events/index.js';
import { initAdapter, perform } from '../support/fixtures.js';
import { symbolic } from '../support/symbolicMethod.js';
import { symbolOfEffect } from '../support/symbols.js';
import { events, marbles } from './marble.js';

const known = events({ i: initAdapter() });
const toSymbols = pipe(concatMap((effect: Effect) => (effect.kind === 'diagnostic' ? [] : [symbolOfEffect(effect)])));
const zero = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const operator = (scheduler: Parameters<typeof postAssociation>[0]['scheduler'], ledger = new Ledger()) =>
  pipe(postAssociation({ methods: [symbolic(true)], scheduler, ledger }), toSymbols);

describe('postAssociation', () => {
  it('says nothing of its own to silence, an end or an error', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      for (const [lane, subs] of [
        ['---', '^--'],
        ['|', '(^!)'],
        ['--#', '^-!'],
      ] as const) {
        const source = cold<HostEvent>(lane);
        expectObservable(source.pipe(operator(scheduler))).toBe(lane);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }
    });
  });

  it('R34, R44: opens nothing for a call that makes no sense, and says why', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const own = {
        i: initAdapter(),
        f: perform({ association: { status: 1 } }),
        g: perform({ peer: BROADCAST }),
      };
      const source = hot('  -i-f-g-|', events(own));
      const expected = '    -E-x-y-|';
      const subs = '        ^------!';
      const spoken = pipe(
        postAssociation({ methods: [symbolic()], scheduler }),
        map((effect: Effect) => (effect.kind === 'diagnostic' ? effect.rule : symbolOfEffect(effect))),
      );
      expectObservable(source.pipe(spoken)).toBe(expected, { E: 'E', x: 'R34', y: 'R44' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('R5: registers EAPOL while an adapter is initialised, and starts 802.1X while Perform runs', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const source = hot('  -i-P-S-D-|', known);
      const expected = '    -E-s-z---|';
      expectObservable(source.pipe(operator(scheduler))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('R9: ends with the service and lets go of its source', () => {
    const ledger = new Ledger();
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const source = hot('  -i-P-V-i-P-', known);
      const expected = '    -E-s-|-----';
      expectObservable(source.pipe(operator(scheduler, ledger))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe('^----!-----');
    });
    expect(ledger.outstanding()).to.deep.equal(zero);
  });

  it('R192: releases every port when its source fails or nobody listens any more', () => {
    for (const [lane, unsub, expected] of [
      ['-i-P-#', undefined, '-E-s-#'],
      ['-i-P--', '^----!', '-E-s--'],
    ] as const) {
      const ledger = new Ledger();
      marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
        const source = hot(lane, known);
        expectObservable(source.pipe(operator(scheduler, ledger)), unsub).toBe(expected);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
      expect(ledger.outstanding(), lane).to.include({ ports: 0, timers: 0 });
    }
  });

  it('keeps the books of each subscription apart', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const source = hot('  -i-P-S-', known);
      const run$ = source.pipe(postAssociation({ methods: [symbolic(true)], scheduler }), toSymbols);
      expectObservable(run$).toBe('-E-s-z-');
      expectObservable(run$).toBe('-E-s-z-');
      expectSubscriptions(source.subscriptions).toBe(['^------', '^------']);
    });
  });
});

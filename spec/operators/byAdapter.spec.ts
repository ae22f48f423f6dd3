import { expect } from 'chai';
import { finalize, map, merge, type Observable, of } from 'rxjs';
import { byAdapter } from '../../operators/index.js';
import type { AdapterHandle, Handler, HostEvent } from '../../streams/events/index.js';
import { AP, initAdapter, SERVICE } from '../support/fixtures.js';
import { completionOf, packet } from '../support/symbols.js';
import { events, marbles } from './marble.js';

const B = '0xb1' as AdapterHandle;
const known = events({
  i: initAdapter(),
  b: initAdapter(B, SERVICE),
  2: packet('1', AP, 3, B),
  F: { kind: 'deinitAdapter', adapter: B },
  u: completionOf(1),
  w: completionOf(2),
});
const symbolOf = (event: HostEvent): string => Object.keys(known).find((symbol) => known[symbol] === event) ?? event.kind;

/** An adapter says `+` when it opens, each input with its name before it, and `.` when it is over. */
const talking = (adapter$: Observable<HostEvent>, { adapter }: Handler<'initAdapter'>): Observable<string> =>
  merge(of(`${adapter}+`), adapter$.pipe(map((event) => `${adapter}${symbolOf(event)}`)));

const ownerOf = (event: HostEvent): AdapterHandle | undefined => {
  if (event.kind === 'sendPacketCompletion') return event.packet === 1 ? initAdapter().adapter : undefined;
  return 'adapter' in event ? event.adapter : undefined;
};
const onStray = (event: HostEvent) => [`stray ${symbolOf(event)}`];
const options = { ownerOf, onStray };

const names = {
  i: '0xa1+',
  b: '0xb1+',
  m: '0xa11',
  n: '0xb12',
  u: '0xa1u',
  L: '0xa1L',
  M: '0xb1L',
  D: '0xa1D',
  F: '0xb1F',
  d: '0xa1deinitAdapter',
  f: '0xb1deinitAdapter',
  1: 'stray 1',
  2: 'stray 2',
  w: 'stray w',
  j: 'stray i',
  x: 'failed 0xa1',
};

describe('byAdapter', () => {
  it('R3, R4: gives each adapter its own events, found by handle', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -i-b-1-2-1-', known);
      const expected = '    -i-b-m-n-m-';
      expectObservable(source.pipe(byAdapter(talking, options))).toBe(expected, names);
      expectSubscriptions(source.subscriptions).toBe('^----------');
    });
  });

  it('R71: what carries no adapter goes to whom it belongs', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-i-b-u-w-', known).pipe(byAdapter(talking, options))).toBe('-i-b-u-w-', names);
    });
  });

  it('asks once whose an event is, however many adapters there are', () => {
    let asked = 0;
    const counting = (event: HostEvent) => {
      asked++;
      return ownerOf(event);
    };
    marbles(({ hot, expectObservable }) => {
      const source = hot('-i-b-1-2-', known);
      expectObservable(source.pipe(byAdapter(talking, { ...options, ownerOf: counting }))).toBe('-i-b-m-n-', names);
    });
    expect(asked).to.equal(2);
  });

  it('R3: what names an adapter nobody knows, or one that exists already, is a stray', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-1-i-2-D-1-', known).pipe(byAdapter(talking, options))).toBe('-1-i-2-D-1-', names);
    });
  });

  it('R220: a session change is for everybody', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-i-b-L---', known).pipe(byAdapter(talking, options))).toBe('-i-b-(LM)', names);
    });
  });

  it('R7: an adapter that is gone can be initialised anew', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-i-D-i-1-', known).pipe(byAdapter(talking, options))).toBe('-i-D-i-m-', names);
    });
  });

  it('R9: the end of the service ends every adapter, and the output', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -i-b-V----1-', known);
      const expected = '    -i-b-(df|)--';
      expectObservable(source.pipe(byAdapter(talking, options))).toBe(expected, names);
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('R263: an adapter that fails is gone, and the others do not notice', () => {
    const failing = (adapter$: Observable<HostEvent>, opening: Handler<'initAdapter'>): Observable<string> =>
      talking(adapter$, opening).pipe(
        map((said) => {
          if (said === '0xa11') throw new Error('a fault');
          return said;
        }),
      );
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -i-b-1-2-1-2-', known);
      const expected = '    -i-b-x-n-1-n-';
      const onError = (_: unknown, adapter: AdapterHandle) => [`failed ${adapter}`];
      expectObservable(source.pipe(byAdapter(failing, { ...options, onError }))).toBe(expected, names);
      expectSubscriptions(source.subscriptions).toBe('^------------');
    });
  });

  it('R8: releases an adapter at its deinit, when the source ends or fails, and when nobody listens any more', () => {
    const ends: ReadonlyArray<readonly [string, string | undefined]> = [
      ['-i-D', undefined],
      ['-i-V', undefined],
      ['-i-|', undefined],
      ['-i-#', undefined],
      ['-i--', '^--!'],
    ];
    for (const [lane, unsub] of ends) {
      let released = 0;
      const project = (adapter$: Observable<HostEvent>, opening: Handler<'initAdapter'>) =>
        talking(adapter$, opening).pipe(finalize(() => released++));
      marbles(({ hot, expectObservable, flush }) => {
        expectObservable(hot(lane, known).pipe(byAdapter(project, options)), unsub);
        flush();
      });
      expect(released, lane).to.equal(1);
    }
  });

  it('says nothing of its own to silence, an end or an error', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const [lane, subs] of [
        ['---', '^--'],
        ['|', '(^!)'],
        ['--#', '^-!'],
      ] as const) {
        const source = cold<HostEvent>(lane);
        expectObservable(source.pipe(byAdapter(talking, options))).toBe(lane);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }
    });
  });
});

import { expect } from 'chai';
import { finalize, map, merge, type Observable, of } from 'rxjs';
import { byPort, cancelOn, type OpenedPort } from '../../operators/index.js';
import { BROADCAST, type HostEvent } from '../../streams/events/index.js';
import { perform, stop } from '../support/fixtures.js';
import { AP_2, packet, SESSION_2, STRANGER } from '../support/symbols.js';
import { events, marbles } from './marble.js';

const known = events({
  T: stop(AP_2),
  B: stop(BROADCAST),
  '?': stop(STRANGER),
  j: packet('1', AP_2),
  p: perform({ session: SESSION_2 }),
});
const symbolOf = (event: HostEvent): string => Object.keys(known).find((symbol) => known[symbol] === event) ?? '?';

/** A port says its session when it opens, each input in capitals, and `z` and its terminator when it ends. */
const talking = ({ perform: opening, input$, terminator$ }: OpenedPort): Observable<string> =>
  merge(of(opening.session), input$.pipe(map((event) => `<${symbolOf(event)}>`))).pipe(
    cancelOn(terminator$, { stopPostAssociate: ({ status }) => [`z${status}`], adapterReset: () => ['c'] }),
  );

let peer: unknown;
const options = {
  open: (port: OpenedPort) => {
    peer = port.perform.portState.peer;
    return talking(port);
  },
  belongs: (event: HostEvent) => event.kind === 'receivePacket' && event.peer === peer,
  rest: (event: HostEvent) => [symbolOf(event)],
};
const names = {
  o: '0x1',
  q: '0x2',
  m: '<1>',
  n: '<j>',
  z: `z${0x00010003}`,
  l: 'z8',
  c: 'c',
  S: 'S',
  Z: 'Z',
  D: 'D',
  B: 'B',
  1: '1',
  j: 'j',
  '?': '?',
  P: 'P',
};

describe('byPort', () => {
  it('opens a port for a Perform and hands it what is its', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -1-P-1-j-1-', known);
      const expected = '    -1-o-m-j-m-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
      expectSubscriptions(source.subscriptions).toBe('^----------');
    });
  });

  it('says nothing of its own to silence, an end or an error', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const [lane, subs] of [
        ['---', '^--'],
        ['|', '(^!)'],
        ['--#', '^-!'],
      ] as const) {
        const source = cold<HostEvent>(lane);
        expectObservable(source.pipe(byPort(options))).toBe(lane);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }
    });
  });

  it('R55, R195: a stop ends the port of its peer, and then the adapter sees it', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -P-1-S---1-', known);
      const expected = '    -o-m-(zS)1-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
      expectSubscriptions(source.subscriptions).toBe('^----------');
    });
  });

  it('R195: a stop for somebody else leaves the port as it is', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('  -P-?-1-', known);
      const expected = '    -o-?-m-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
    });
  });

  it('R198: a stop for everybody is one for this port', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('  -P-B---1-', known);
      const expected = '    -o-(zB)1-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
    });
  });

  it('R43: a Perform while a port is open ends that one as a stop for roaming would', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('  -P-Q---j-1-', known);
      const expected = '    -o-(lq)n-1-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
    });
  });

  it('R43: also for the same peer', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('  -P-p---1-', known);
      const expected = '    -o-(lq)m-';
      expectObservable(source.pipe(byPort(options))).toBe(expected, names);
    });
  });

  it('R151, R160: a reset parts in its own way, a deinit in none', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-P-Z---1-', known).pipe(byPort(options))).toBe('-o-(cZ)1-', names);
    });
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-P-D-1-', known).pipe(byPort(options))).toBe('-o-D-1-', names);
    });
  });

  it('leaves to the adapter a Perform that opens nothing', () => {
    marbles(({ hot, expectObservable }) => {
      const source = hot('  -P-1-', known);
      expectObservable(source.pipe(byPort({ ...options, open: () => undefined }))).toBe('-P-1-', names);
    });
  });

  it('R192: releases the port when the source ends, fails or nobody listens any more', () => {
    const ends: ReadonlyArray<readonly [string, string | undefined, string]> = [
      ['-P-|', undefined, '-o-|'],
      ['-P-#', undefined, '-o-#'],
      ['-P--', '^--!', '-o-'],
    ];
    for (const [lane, unsub, expected] of ends) {
      let released = 0;
      const open = (port: OpenedPort) => talking(port).pipe(finalize(() => released++));
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot(lane, known);
        expectObservable(source.pipe(byPort({ ...options, open })), unsub).toBe(expected, names);
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
      expect(released, lane).to.equal(1);
    }
  });
});

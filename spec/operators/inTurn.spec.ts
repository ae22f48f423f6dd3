import { expect } from 'chai';
import { Subject } from 'rxjs';
import { inTurn } from '../../operators/index.js';
import { BROADCAST, type HostEvent } from '../../streams/events/index.js';
import { initAdapter, stop } from '../support/fixtures.js';
import { AP_2, packet } from '../support/symbols.js';
import { events, marbles } from './marble.js';

const known = events({ j: packet('1', AP_2), B: stop(BROADCAST), i: initAdapter(), T: stop(AP_2) });
const symbolOf = (event: HostEvent): string => Object.keys(known).find((symbol) => known[symbol] === event) ?? '?';

/** What is delivered when the host calls back: input characters by the character whose work they come from. */
const delivered = (first: string, inside: Readonly<Record<string, string>>): string => {
  const source = new Subject<HostEvent>();
  const seen: string[] = [];
  const done = new Set<string>();
  source.pipe(inTurn()).subscribe((event) => {
    const symbol = symbolOf(event);
    seen.push(symbol);
    if (done.has(symbol)) return;
    done.add(symbol);
    for (const next of inside[symbol] ?? '') source.next(known[next] as HostEvent);
    seen.push(')');
  });
  for (const symbol of first) source.next(known[symbol] as HostEvent);
  return seen.join('');
};

describe('inTurn', () => {
  it('lets a quiet stream through as it is', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -P-1-(3e)-S-|', known);
      const subs = '        ^-----------!';
      expectObservable(source.pipe(inTurn())).toBe('-P-1-(3e)-S-|', known);
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('is silent, or empty, as its source is', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold<HostEvent>('---');
      const empty = cold<HostEvent>('|');
      expectObservable(never.pipe(inTurn())).toBe('---');
      expectObservable(empty.pipe(inTurn())).toBe('|');
      expectSubscriptions(never.subscriptions).toBe('^--');
      expectSubscriptions(empty.subscriptions).toBe('(^!)');
    });
  });

  it('passes an error on', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-1-#', known);
      expectObservable(source.pipe(inTurn())).toBe('-1-#', known);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('lets go of its source when nobody listens any more', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-1-3-g', known);
      const unsub = '     ^---! ';
      expectObservable(source.pipe(inTurn()), unsub).toBe('-1-3', known);
      expectSubscriptions(source.subscriptions).toBe(unsub);
    });
  });

  it('R78, R85: what comes from inside the work on an event waits for it, in order', () => {
    expect(delivered('1', { 1: '3g', 3: 'e' })).to.equal('1)3)g)e)');
  });

  it('R261: a terminator cuts in, and takes along what waits for the port it ends', () => {
    expect(delivered('1', { 1: '3jS' })).to.equal('1S))j)');
    expect(delivered('1', { 1: '3jB' })).to.equal('1B))');
    expect(delivered('1', { 1: '3jZ' })).to.equal('1Z))');
    expect(delivered('1', { 1: '3jD' })).to.equal('1D))');
  });

  it('R195: a stop for another port leaves what waits for this one', () => {
    expect(delivered('1', { 1: '3T' })).to.equal('1T))3)');
  });

  it('R195: nor does it take along what 802.1X has to say to this one', () => {
    expect(delivered('1', { 1: 'RT' })).to.equal('1T))R)');
  });

  it('R265: a call that opens a port does not wait either', () => {
    expect(delivered('1', { 1: '3P' })).to.equal('1P))3)');
    expect(delivered('1', { 1: '3i' })).to.equal('1i))3)');
  });

  it('completes only when what waits is worked on', () => {
    const source = new Subject<HostEvent>();
    const seen: string[] = [];
    source.pipe(inTurn()).subscribe({
      next: (event) => {
        seen.push(symbolOf(event));
        if (event !== known['1']) return;
        source.next(known['3'] as HostEvent);
        source.complete();
      },
      complete: () => seen.push('|'),
    });
    source.next(known['1'] as HostEvent);
    expect(seen.join('')).to.equal('13|');
  });
});

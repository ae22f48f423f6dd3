import { expect } from 'chai';
import { map, mergeMap, of } from 'rxjs';
import { Ledger } from '../../operators/core/index.js';
import { byPort, guardGeneration } from '../../operators/index.js';
import type { Effect, HostEvent } from '../../streams/events/index.js';
import { ADAPTER, AP, SERVICE, SESSION } from '../support/fixtures.js';
import { events, marbles } from './marble.js';

const origin = { adapter: ADAPTER, service: SERVICE, session: SESSION };

const completion = (generation: number): Effect => ({
  kind: 'postAssociateCompletion',
  call: 1,
  ...origin,
  generation,
  peer: AP,
  reason: 0,
  win32: 0,
});

const registration: Effect = {
  kind: 'setEtherTypeHandling',
  call: 2,
  adapter: ADAPTER,
  service: SERVICE,
  maxBackLog: 1,
  exemptions: [],
  registrations: [],
};
const remark: Effect = { kind: 'diagnostic', rule: 'R90', message: 'said' };
const stale: Effect = {
  kind: 'diagnostic',
  rule: 'R260',
  message: 'postAssociateCompletion of a port that has ended was stopped before the sink',
};

const opened = (): Ledger => {
  const ledger = new Ledger();
  ledger.openGeneration();
  return ledger;
};

describe('guardGeneration', () => {
  const effects = { C: completion(1), l: completion(2), E: registration, d: remark, x: stale };

  it('passes on what a living port says, and what no port says', () => {
    const ledger = opened();
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -C-E-d-|', effects);
      expectObservable(source.pipe(guardGeneration(ledger))).toBe('-C-E-d-|', effects);
      expectSubscriptions(source.subscriptions).toBe('^------!');
    });
    expect(ledger.stale).to.equal(0);
  });

  it('R260: stops, counts and remarks what any other port says', () => {
    const ledger = opened();
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -C-l-l-', effects);
      expectObservable(source.pipe(guardGeneration(ledger))).toBe('-C-x-x-', effects);
      expectSubscriptions(source.subscriptions).toBe('^------');
    });
    expect(ledger.stale).to.equal(2);
  });

  it('passes on silence, an end and an error', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const lane of ['---', '|', '-#']) {
        const source = cold<Effect>(lane);
        expectObservable(source.pipe(guardGeneration(opened()))).toBe(lane);
        expectSubscriptions(source.subscriptions).toBe({ '---': '^--', '|': '(^!)', '-#': '^!' }[lane] ?? '');
      }
    });
  });

  it('lets go of its source when nobody listens any more', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-C-C-C', effects);
      const unsub = '     ^--!  ';
      expectObservable(source.pipe(guardGeneration(opened())), unsub).toBe('-C-', effects);
      expectSubscriptions(source.subscriptions).toBe(unsub);
    });
  });

  it('R260: a port that was put together without cancelOn is silenced all the same', () => {
    const ledger = opened();
    const leaky = byPort<Effect>({
      // The work goes on with whatever the peer sends: nothing in here knows of terminators.
      open: ({ input$ }) => input$.pipe(mergeMap(() => of(1).pipe(map(() => completion(1))))),
      belongs: ({ kind }) => kind === 'receivePacket',
      rest: (event) => (event.kind === 'receivePacket' ? [completion(1)] : []),
    });
    const known: Record<string, HostEvent> = events();
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -P-1-S-1-', known);
      const end = hot('     -----S---');
      end.subscribe(() => ledger.live.delete(1));
      expectObservable(source.pipe(leaky, guardGeneration(ledger))).toBe('---C---x-', effects);
      expectSubscriptions(source.subscriptions).toBe('^--------');
    });
    expect(ledger.stale).to.equal(1);
  });
});

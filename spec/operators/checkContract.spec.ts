import { expect } from 'chai';
import { from, lastValueFrom, map, Subject, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { checkContract } from '../../operators/checkContract.js';
import type { NumberedEntry, Violation } from '../../operators/core/contract/Violation.js';
import type { Secret } from '../../streams/events/index.js';
import { ADAPTER, AP, ccmp, complete, exclude, PORT, pairwise, perform, secret, stop } from './core/contract/cast.js';
import { psk } from './core/contract/stories.js';
import { api, host, numbered, without } from './core/contract/story.js';

/** A port that is opened, then stopped while pending, then completed and used; or reset without a completion. */
const values: Readonly<Record<string, NumberedEntry>> = {
  P: { n: 1, at: 1000, dir: 'in', event: perform(PORT, AP) },
  S: { n: 2, at: 2000, dir: 'in', event: stop(AP) },
  C: { n: 3, at: 3000, dir: 'out', event: complete() },
  X: { n: 4, at: 4000, dir: 'out', event: exclude() },
  Z: { n: 5, at: 5000, dir: 'in', event: { kind: 'adapterReset', adapter: ADAPTER } },
};
const verdicts = { c: 'R193 at 3', x: 'R199 at 4', z: 'R151 at 5' };
const verdict = map(({ rule, event }: Violation) => `${rule} at ${event}`);

describe('checkContract', () => {
  let testScheduler: TestScheduler;

  beforeEach(() => {
    testScheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
  });

  it('R193: reports a breach the moment it happens', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('  --P-S-C-X-|', values);
      const subs = '     ^---------!';
      const expected = ' ------c-x-|';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected, verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('R151: reports a debt when the next event shows that the handler has returned', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('  --P-Z---S-|', values);
      const subs = '     ^---------!';
      const expected = ' --------z-|';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected, verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('R151: reports a debt at the end of the log', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('  --P-Z-|', values);
      const subs = '     ^-----!';
      const expected = ' ------(z|)';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected, verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('keeps silent about a log that never begins', () => {
    testScheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const log = cold<NumberedEntry>('-');
      const subs = '                   ^';
      const expected = '               -';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('completes with an empty log', () => {
    testScheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const log = cold<NumberedEntry>('|');
      const subs = '                   (^!)';
      const expected = '               |';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('passes an error of the source on, and makes no debts of it', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('  --P-Z-#', values);
      const subs = '     ^-----!';
      const expected = ' ------#';

      expectObservable(log.pipe(checkContract(), verdict)).toBe(expected, verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('lets go of the source when nobody listens any more', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('  --P-S-C-X-|', values);
      const unsub = '    -------!   ';
      const subs = '     ^------!   ';
      const expected = ' ------c-   ';

      expectObservable(log.pipe(checkContract(), verdict), unsub).toBe(expected, verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('begins with a clean slate at every subscription', () => {
    testScheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const log = hot('       --P-S-C-X-|', values);
      const checked = log.pipe(checkContract(), verdict);
      const subs = ['         ^---------!', '     -----^----!'];

      expectObservable(checked).toBe('             ------c-x-|', verdicts);
      // Who comes after the Stop has not seen the port: what is not known is not held against anybody.
      expectObservable(checked, '-----^-----').toBe('----------|', verdicts);
      expectSubscriptions(log.subscriptions).toBe(subs);
    });
  });

  it('R11: wipes the keys it kept when it is unsubscribed', () => {
    const log = new Subject<NumberedEntry>();
    const key = secret(0x5a);
    const copies: Array<Secret> = [];
    const copied = Object.assign(key, { copy: () => copies[copies.push(secret(0x5a)) - 1] as Secret });
    const subscription = log.pipe(checkContract()).subscribe();
    for (const entry of numbered([
      host('P', perform(PORT, AP)),
      api('K', pairwise(0, { material: { ...ccmp(0), key: copied } })),
    ]))
      log.next(entry);
    expect(copies.map((copy) => copy.reveal()[0])).to.deep.equal([0x5a]);
    subscription.unsubscribe();
    expect(copies.map((copy) => copy.reveal()[0])).to.deep.equal([0]);
  });

  it('R174: takes the limit from its options', async () => {
    const log = numbered(without('C')(psk));
    const check = (pendingLimit: number) => lastValueFrom(from(log).pipe(checkContract({ pendingLimit }), verdict, toArray()));
    expect(await check(120e6)).to.deep.equal([]);
    expect(await check(5000)).to.deep.equal(['R174 at 10']);
  });

  it('R193: tells what happened, what was expected and why, with the lines that prove it', async () => {
    const log = [values['P'], values['S'], values['C']] as ReadonlyArray<NumberedEntry>;
    expect(await lastValueFrom(from(log).pipe(checkContract(), toArray()))).to.deep.equal([
      {
        rule: 'R193',
        event: 3,
        at: 3000,
        message: `postAssociateCompletion although port ${PORT} (${AP}) was stopped at line 2, still pending`,
        expected: 'no completion for this port, not even ERROR_CANCELLED',
        why: 'A Stop cancels a pending operation inside the engine, in silence: the host does not wait for a completion any more.',
        adapter: ADAPTER,
        session: PORT,
        related: [1, 2],
      },
    ]);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { TestScheduler } from 'rxjs/testing';
import { type PortBelief, type PortBeliefs, stepBelief } from '../../operators/core/index.js';
import { portState } from '../../operators/index.js';
import {
  type AdapterHandle,
  BROADCAST,
  type Effect,
  type HostEvent,
  type MacAddress,
  type SessionHandle,
} from '../../streams/events/index.js';
import { ADAPTER, AP, initAdapter, perform, portState as portStateOf, SERVICE, SESSION, stop } from '../support/fixtures.js';

const NEXT_AP = '02:00:00:00:00:02' as MacAddress;
const NEXT_SESSION = '0x2' as SessionHandle;
const OTHER = '0xb2' as AdapterHandle;

const completed = (win32: number, session = SESSION, adapter = ADAPTER): Effect => ({
  kind: 'postAssociateCompletion',
  call: 1,
  adapter,
  service: SERVICE,
  session,
  generation: 1,
  peer: AP,
  reason: win32,
  win32,
});

const belief = (state: PortBelief['state'], changes: Partial<PortBelief> = {}): PortBelief => ({
  adapter: ADAPTER,
  session: SESSION,
  peer: AP,
  controlled: true,
  state,
  ...changes,
});
const next = { session: NEXT_SESSION, peer: NEXT_AP };
const others = { adapter: OTHER };

const inputs: Readonly<Record<string, HostEvent | Effect>> = {
  i: initAdapter(),
  P: perform(),
  Q: perform(next),
  O: perform(others),
  C: completed(0),
  B: completed(31),
  c: completed(1223),
  n: completed(0, NEXT_SESSION),
  S: stop(),
  w: stop(BROADCAST),
  N: stop(NEXT_AP),
  Z: { kind: 'adapterReset', adapter: ADAPTER },
  D: { kind: 'deinitAdapter', adapter: ADAPTER },
  E: { kind: 'deinitService' },
  '1': { kind: 'receivePacket', adapter: ADAPTER, peer: AP, etherType: 0x888e, payload: new Uint8Array(4) },
};

/** The `port` lane of the sequences: unauthorised, authorised, deleted; session 2 created, authorised, deleted. */
const port: Readonly<Record<string, PortBelief>> = {
  U: belief('unauthorised'),
  A: belief('authorised'),
  x: belief('deleted'),
  V: belief('unauthorised', next),
  W: belief('authorised', next),
  y: belief('deleted', next),
  O: belief('unauthorised', others),
  o: belief('deleted', others),
};

const run = (source: string, expected: string, subs: string, unsubscription?: string): void => {
  const scheduler = new TestScheduler((actual, wanted) => {
    expect(actual).to.deep.equal(wanted);
  });
  scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
    const events = hot(source, inputs);
    expectObservable(events.pipe(portState()), unsubscription).toBe(expected, port);
    expectSubscriptions(events.subscriptions).toBe(subs);
  });
};

describe('portState', () => {
  it('R50: the first belief is what the host said when it asked', () => {
    for (const controlled of [true, false])
      for (const authorized of [true, false]) {
        const call = { ...perform(), portState: portStateOf({ controlled, authorized }) };
        const { effects } = stepBelief([], call);
        expect(effects).to.deep.equal([belief(authorized ? 'authorised' : 'unauthorised', { controlled })]);
      }
  });

  it('R53: a completion with Win32 0 authorises', () => {
    const source = '  -i-P-1--C--1--';
    const subs = '    ^-------------';
    const expected = '---U----A-----';
    run(source, expected, subs);
  });

  it('R54: a completion with another code does not, and deletes nothing', () => {
    const source = '  P---B---C---B--S-';
    const subs = '    ^----------------';
    const expected = 'U-------A---U--x-';
    run(source, expected, subs);
  });

  it('an unchanged belief is not repeated', () => {
    run('P-C-C-B-B-c-', 'U-A---U-----', '^-----------');
  });

  it('R55: a port is deleted by its Stop, once', () => {
    run('P--S-S--', 'U--x----', '^-------');
    run('P--C-S--', 'U--A-x--', '^-------');
  });

  it('R55, R195: a Stop for another peer deletes nothing; one for all peers does', () => {
    run('P--N--w-', 'U-----x-', '^-------');
  });

  it('R56: reset, removal of the adapter and the end of the service delete every port', () => {
    for (const end of ['Z', 'D', 'E']) run(`P-C-${end}-`, 'U-A-x-', '^-----');
  });

  it('R152: a cancelled completion before a reset shows as the deletion alone', () => {
    run('P--(cZ)-', 'U--x----', '^-------');
  });

  it('R59: S13, a late completion of the old session does not move the new one', () => {
    const source = '  P-C---S-Q-C-B--n--N-';
    const subs = '    ^-------------------';
    const expected = 'U-A---x-V------W--y-';
    run(source, expected, subs);
  });

  it('R43: a Perform without a Stop ends the old port first', () => {
    const source = '  P-C---Q----';
    const subs = '    ^----------';
    const expected = 'U-A---(xV)-';
    run(source, expected, subs);
  });

  it('R4: adapters do not mix', () => {
    const source = '  P-O-C-D-E-';
    const subs = '    ^---------';
    const expected = 'U-O-A-x-o-';
    run(source, expected, subs);
  });

  it('a Perform for a session that is live already changes nothing', () => {
    run('P-C-P-', 'U-A---', '^-----');
  });

  it('completions and terminators without a port say nothing', () => {
    run('C-S-Z-D-E-', '----------', '^---------');
  });

  it('each subscription believes for itself', () => {
    run('P-', 'U-', '^-');
    run('C-', '--', '^-');
  });

  it('never, empty, completion, errors and early unsubscription pass', () => {
    run('---', '---', '^--');
    run('|', '|', '(^!)');
    run('P-C|', 'U-A|', '^--!');
    run('P-#', 'U-#', '^-!');
    run('P--C--S', 'U--A---', '^---!--', '^---!--');
  });
});

describe('stepBelief', () => {
  const anyInput = fc.constantFrom(...'PQCBcnSwNZD').map((symbol) => inputs[symbol] ?? initAdapter());

  it('R59: every session is opened before it changes and deleted once, and at most one is alive', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 40 }), (events) => {
        let ports: PortBeliefs = [];
        let shown: PortBelief | undefined;
        for (const event of events) {
          const step = stepBelief(ports, event);
          ports = step.state;
          for (const effect of step.effects) {
            if (shown === undefined) expect(effect.state).to.not.equal('deleted');
            else
              expect(effect)
                .to.deep.equal({ ...shown, state: effect.state })
                .and.not.deep.equal(shown);
            shown = effect.state === 'deleted' ? undefined : effect;
          }
          expect(ports).to.deep.equal(shown === undefined ? [] : [shown]);
        }
      }),
    );
  });
});

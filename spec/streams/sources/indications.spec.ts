import { expect } from 'chai';
import fc from 'fast-check';
import { TestScheduler } from 'rxjs/testing';
import { type AdapterHandle, BROADCAST, type HostEvent, type MacAddress } from '../../../streams/events/index.js';
import {
  freshShim,
  type HostShim,
  HostShims,
  type IndicationsOptions,
  indications,
  portNotification,
  type ShimRemark,
  stepShim,
} from '../../../streams/sources/index.js';
import { ADAPTER, AP, association, perform, SERVICE, SESSION, stop } from '../../support/fixtures.js';

const adapter = ADAPTER;
const NEXT_AP = '02:00:00:00:00:02' as MacAddress;
const OTHER = '0xb2' as AdapterHandle;

const start = (peer = AP, on = adapter): HostEvent => ({ kind: 'associationStart', adapter: on, peer, ssid: new Uint8Array(0) });
const completion = (peer = AP, changes = {}, on = adapter): HostEvent => ({
  kind: 'associationCompletion',
  adapter: on,
  association: association({ peer, ...changes }),
});
const leaving = (peer = AP, reason = 0x10006): HostEvent => ({ kind: 'disassociation', adapter, peer, reason });

/** The state after some events, and what the last of them did. */
const following = (...events: ReadonlyArray<HostEvent>) => {
  let session = 1;
  let done = stepShim(freshShim(), events[0] ?? start(), session);
  for (const event of events.slice(1)) {
    if (done.calls.some(({ kind }) => kind === 'performPostAssociate')) session++;
    done = stepShim(done.state, event, session);
  }
  return done;
};

const rules = (remarks: ReadonlyArray<ShimRemark>): ReadonlyArray<string> => remarks.map(({ rule }) => rule);

describe('the host shim', () => {
  it('R30: a success opens a port with a session of its own', () => {
    const { calls, remarks } = following(start(), completion());
    expect(calls).to.deep.equal([perform()]);
    expect(remarks).to.deep.equal([]);
  });

  it('R30, R216: a failure opens none, and the next success does', () => {
    expect(following(start(), completion(AP, { status: 1 })).calls).to.deep.equal([]);
    expect(following(start(), completion(AP, { status: 1 }), start(), completion()).calls).to.deep.equal([perform()]);
  });

  it('R216: a failed roam leaves neither the old port nor a new one', () => {
    const failed = following(start(), completion(), start(NEXT_AP), completion(NEXT_AP, { status: 0x30011 }));
    expect(failed.calls).to.deep.equal([]);
    expect(failed.state).to.deep.equal({ ...freshShim(), expectsRoam: true });
  });

  it('R52: the port is authorised from the beginning only when the driver has authenticated it', () => {
    for (const portAuthorized of [true, false]) {
      const [call] = following(start(), completion(AP, { portAuthorized })).calls;
      expect(call).to.have.nested.property('portState.authorized', portAuthorized);
      expect(call).to.have.nested.property('portState.controlled', true);
    }
  });

  it('R211, R212: a START ends the port at once, with a status of the host', () => {
    const { calls, remarks } = following(start(), completion(), start(NEXT_AP));
    expect(calls).to.deep.equal([stop(AP, adapter, 8)]);
    expect(remarks).to.deep.equal([]);
  });

  it('R211: so does a reassociation with the same peer', () => {
    expect(following(start(), completion(), start()).calls).to.deep.equal([stop(AP, adapter, 8)]);
  });

  it('R213: a disassociation of the peer, or of all, ends the port with the reason it gives', () => {
    for (const peer of [AP, BROADCAST])
      expect(following(start(), completion(), leaving(peer)).calls).to.deep.equal([stop(AP, adapter, 0x10006)]);
  });

  it('R213: a disassociation of anybody else ends nothing and is remarked', () => {
    for (const events of [[leaving()], [start(), leaving()], [start(), completion(), leaving(NEXT_AP)]]) {
      const { calls, remarks } = following(...events);
      expect(calls).to.deep.equal([]);
      expect(rules(remarks)).to.deep.equal(['R213']);
    }
  });

  it('R213: after the port has gone there is nobody left to disassociate from', () => {
    expect(rules(following(start(), completion(), leaving(), leaving()).remarks)).to.deep.equal(['R213']);
    expect(following(start(), completion(), leaving(), leaving(BROADCAST))).to.deep.include({ calls: [], remarks: [] });
  });

  it('R210: a START before the last one is completed is remarked', () => {
    const { state, remarks } = following(start(), start(NEXT_AP));
    expect(rules(remarks)).to.deep.equal(['R210']);
    expect(state.starting).to.equal(NEXT_AP);
  });

  it('R210: a COMPLETION nothing started is remarked and opens nothing', () => {
    for (const events of [[completion()], [start(NEXT_AP), completion()], [start(), completion(), completion()]]) {
      const { calls, remarks } = following(...events);
      expect(calls).to.deep.equal([]);
      expect(rules(remarks)).to.deep.equal(['R210']);
    }
  });

  it('C38: a feed from WDI has no START, and its roam is one Stop and one Perform', () => {
    const wdi = freshShim('wdi');
    const first = stepShim(wdi, completion(), 1);
    const left = stepShim(first.state, leaving(AP, 0xb), 2);
    const next = stepShim(left.state, completion(NEXT_AP), 2);
    expect(first.calls).to.deep.equal([perform()]);
    expect(left.calls).to.deep.equal([stop(AP, adapter, 0xb)]);
    expect(next.calls).to.have.lengthOf(1);
    expect([first, left, next].flatMap(({ remarks }) => remarks)).to.deep.equal([]);
  });

  it('C38: a WDI success while a port exists stops that port first', () => {
    const first = stepShim(freshShim('wdi'), completion(), 1);
    const { calls } = stepShim(first.state, completion(AP), 2);
    expect(calls.map(({ kind }) => kind)).to.deep.equal(['stopPostAssociate', 'performPostAssociate']);
  });

  it('R214: the station roams after every reason but 7', () => {
    const wasLeft = (reason: number): HostShim => following(start(), completion(), leaving(AP, reason)).state;
    expect(wasLeft(7).expectsRoam).to.equal(false);
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 0xffffffff }), (reason) => wasLeft(reason).expectsRoam),
      { numRuns: 50 },
    );
    expect(following(start(), completion(), leaving(), start(), completion()).state.expectsRoam).to.equal(false);
    expect(following(start(), completion(), leaving(), { kind: 'adapterReset', adapter }).state.expectsRoam).to.equal(false);
  });

  it('R215: what comes between association and connection completion changes nothing', () => {
    const before = following(start(), completion()).state;
    const connected: HostEvent = { kind: 'connectionCompletion', adapter, status: 0 };
    expect(stepShim(before, connected, 2)).to.deep.equal({ state: before, calls: [], remarks: [] });
  });

  it('R57: the miniport is told that a port is open, and never that it is shut', () => {
    const told = (win32: number) =>
      portNotification({
        kind: 'postAssociateCompletion',
        call: 1,
        adapter,
        service: SERVICE,
        session: SESSION,
        generation: 1,
        peer: AP,
        reason: win32,
        win32,
      });
    expect(told(0)).to.deep.equal({ peer: AP, open: true });
    expect(told(1223)).to.equal(undefined);
  });

  it('R211, R213: every port that is opened is stopped once at most, and never two are open', () => {
    const anyEvent = fc.oneof(
      fc.constantFrom(AP, NEXT_AP).map((peer) => start(peer)),
      fc.constantFrom(AP, NEXT_AP).map((peer) => completion(peer)),
      fc.constantFrom(AP, NEXT_AP).map((peer) => completion(peer, { status: 1 })),
      fc.constantFrom(AP, NEXT_AP, BROADCAST).map((peer) => leaving(peer)),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.constantFrom('ndis' as const, 'wdi' as const), (events, feed) => {
        const shims = new HostShims({ feed });
        let open: string | undefined;
        for (const call of events.flatMap((event) => shims.see(event))) {
          if (call.kind === 'performPostAssociate') {
            expect(open).to.equal(undefined);
            open = call.portState.peer;
          } else {
            expect(open).to.equal(call.peer);
            open = undefined;
          }
        }
      }),
    );
  });
});

describe('indications', () => {
  const second = perform({ session: '0x2' as typeof SESSION, peer: NEXT_AP });
  const roamed: HostEvent =
    second.kind === 'performPostAssociate' ? { ...second, portState: { ...second.portState, sessionId: 2 } } : second;
  const values: Readonly<Record<string, HostEvent>> = {
    a: start(),
    b: start(NEXT_AP),
    k: completion(),
    l: completion(NEXT_AP),
    f: completion(NEXT_AP, { status: 1 }),
    x: leaving(),
    S: stop(AP, adapter, 0x10006),
    T: stop(AP, adapter, 8),
    P: perform(),
    Q: roamed,
    Z: { kind: 'adapterReset', adapter },
    D: { kind: 'deinitAdapter', adapter },
    E: { kind: 'deinitService' },
  };

  const run = (source: string, expected: string, subs: string, options?: IndicationsOptions): void => {
    const scheduler = new TestScheduler((actual, wanted) => {
      expect(actual).to.deep.equal(wanted);
    });
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const events = hot<HostEvent>(source, values);
      expectObservable(events.pipe(indications(options))).toBe(expected, values);
      expectSubscriptions(events.subscriptions).toBe(subs);
    });
  };

  it('R30: the indication first, what the host does about it second', () => {
    const source = '  -a-k----|';
    const subs = '    ^-------!';
    const expected = '-a-(kP)-|';
    run(source, expected, subs);
  });

  it('R211, R212: S13, a roam without a disassociation', () => {
    const source = '  ak------b---l----';
    const subs = '    ^----------------';
    const expected = 'a(kP)---(bT)(lQ)-';
    run(source, expected, subs);
  });

  it('R213: S8, a disassociation', () => {
    const source = '  ak-----x---';
    const subs = '    ^----------';
    const expected = 'a(kP)--(xS)';
    run(source, expected, subs);
  });

  it('R216: a failed roam', () => {
    const source = '  ak-----b---f-';
    const subs = '    ^------------';
    const expected = 'a(kP)--(bT)f-';
    run(source, expected, subs);
  });

  it('C38: the completion alone, when it comes from WDI', () => {
    run('k-----x---l---', '(kP)--(xS)(lQ)', '^-------------', { feed: 'wdi' });
  });

  it('other events pass; a stop, reset, deinit or the end of the service leaves no port to stop again', () => {
    for (const end of ['S', 'Z', 'D', 'E']) run(`ak---${end}---b-`, `a(kP)${end}---b-`, '^----------');
  });

  it('R210, R213: who listens is told what the driver does wrong', () => {
    const remarks: ShimRemark[] = [];
    run('-k-x-|', '-k-x-|', '^----!', { remark: (remark) => remarks.push(remark) });
    expect(rules(remarks)).to.deep.equal(['R210', 'R213']);
    expect(remarks.every((remark) => remark.adapter === adapter)).to.equal(true);
  });

  it('sessions are numbered from where the host wants, over all adapters', () => {
    const shims = new HostShims({ feed: 'wdi', firstSession: 0x1f });
    const calls = [completion(), completion(AP, {}, OTHER)].flatMap((event) => shims.see(event));
    expect(calls.map((call) => ('session' in call ? call.session : ''))).to.deep.equal(['0x1f', '0x20']);
  });

  it('R4: adapters do not mix', () => {
    const shims = new HostShims();
    shims.see(start());
    expect(shims.see(completion(AP, {}, OTHER))).to.deep.equal([]);
    expect(shims.see(completion())).to.have.lengthOf(1);
    shims.see({ kind: 'adapterReset', adapter: OTHER });
    expect(shims.of(adapter).peer).to.equal(AP);
  });

  it('each subscription numbers its own sessions', () => {
    run('ak-----', 'a(kP)--', '^------');
    run('ak-----', 'a(kP)--', '^------');
  });

  it('never, empty, errors and early unsubscription pass', () => {
    run('---', '---', '^--');
    run('|', '|', '(^!)');
    run('a-#', 'a-#', '^-!');
    const scheduler = new TestScheduler((actual, wanted) => {
      expect(actual).to.deep.equal(wanted);
    });
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const events = hot<HostEvent>('a--k--', values);
      expectObservable(events.pipe(indications()), '^-!').toBe('a--', values);
      expectSubscriptions(events.subscriptions).toBe('^-!');
    });
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { firstValueFrom, Observable } from 'rxjs';
import { createEngine } from '../../../operators/index.js';
import {
  type AdapterHandle,
  BROADCAST,
  type Effect,
  type HostEvent,
  isTerminator,
  type Terminator,
  takesEffectAtOnce,
} from '../../../streams/events/index.js';
import { type IntakeOptions, intake, LogicalClock } from '../../../streams/sources/index.js';
import { events, marbles } from '../../operators/marble.js';
import { ADAPTER, AP, initAdapter, perform, stop } from '../../support/fixtures.js';
import { eapol, symbolic, symbolOf } from '../../support/symbolicMethod.js';
import { AP_2, deinit, logOff, oneXResult, packet, reset, SESSION_2 } from '../../support/symbols.js';

const ADAPTER_B = '0xb1' as AdapterHandle;
const ONE = packet('1');
const TWO = packet('2');
const THREE = packet('3');
const P = perform();
const V: HostEvent = { kind: 'deinitService' };
const REPLY: HostEvent = { kind: 'reply', call: 1, win32: 0 };
const SENT: HostEvent = { kind: 'sendPacketCompletion', packet: 1 };
const INDICATED: HostEvent = { kind: 'phyState', adapter: ADAPTER, phy: 0, hardwareOn: true, softwareOn: true };

const anyPeer = fc.constantFrom(AP, AP_2);
const anyAdapter = fc.constantFrom(ADAPTER, ADAPTER_B);

const anyOffer: fc.Arbitrary<HostEvent> = fc.oneof(
  fc.record({ peer: anyPeer, adapter: anyAdapter }).map(perform),
  fc.tuple(fc.constantFrom(AP, AP_2, BROADCAST), anyAdapter).map((args) => stop(...args)),
  fc.record({ kind: fc.constantFrom('adapterReset' as const, 'deinitAdapter' as const), adapter: anyAdapter }),
  fc.tuple(anyPeer, anyAdapter).map(([peer, adapter]) => packet('1', peer, 3, adapter)),
  anyAdapter.map((adapter) => oneXResult(0, {}, adapter)),
  fc.record({ kind: fc.constant('connectionStart' as const), adapter: anyAdapter }),
  fc.record({ kind: fc.constant('sendPacketCompletion' as const), packet: fc.nat() }),
);

/** For whom an adapter has last opened a port, before the nth offer. */
const peerBefore = (offered: ReadonlyArray<HostEvent>, n: number, adapter: AdapterHandle): string | undefined => {
  const last = offered.slice(0, n).findLast((event) => 'adapter' in event && event.adapter === adapter && isLifecycle(event));
  return last?.kind === 'performPostAssociate' ? last.portState.peer : undefined;
};
const isLifecycle = ({ kind }: HostEvent): boolean => kind === 'performPostAssociate' || kind === 'deinitAdapter';

/** Whether a later offer makes the nth obsolete, read from R261, R195, R198 and R115. */
const isTakenAlong = (offered: ReadonlyArray<HostEvent>, n: number): boolean => {
  const event = offered[n];
  if (event === undefined || !('adapter' in event)) return false;
  return offered.some((later, i) => {
    if (i <= n || !('adapter' in later) || later.adapter !== event.adapter) return false;
    if (later.kind === 'performPostAssociate') return event.kind === 'oneXIndicateResult';
    if (!isTerminator(later)) return false;
    if (later.kind !== 'stopPostAssociate') return true;
    const concerns = (peer: string | undefined) => later.peer === BROADCAST || later.peer === peer;
    if (event.kind === 'receivePacket') return concerns(event.peer);
    return event.kind === 'oneXIndicateResult' && concerns(peerBefore(offered, i, later.adapter));
  });
};

/** An intake with turns made by hand, and what it has delivered. */
const opened = (options: IntakeOptions = {}, whenDelivered: (event: HostEvent) => void = () => {}) => {
  const turns = new LogicalClock();
  const { events$, offer } = intake({ turns, ...options });
  const delivered: HostEvent[] = [];
  events$.subscribe((event) => {
    delivered.push(event);
    whenDelivered(event);
  });
  const offerAll = (...all: ReadonlyArray<HostEvent>) => {
    for (const event of all) offer(event);
  };
  return { offer: offerAll, delivered, turns, turn: () => turns.advanceTo(turns.now()) };
};

describe('intake', () => {
  it('R85, R89: what waits is delivered on a later turn, in the order it came', () => {
    const { offer, delivered, turn } = opened();
    const all = [ONE, REPLY, THREE, INDICATED, SENT, oneXResult(0), logOff()];
    offer(...all);
    expect(delivered).to.deep.equal([]);
    turn();
    expect(delivered).to.have.ordered.members(all);
  });

  it('R89: one turn is for all that waits, and the next for what comes after it', () => {
    const { offer, delivered, turns, turn } = opened();
    offer(ONE, TWO);
    turn();
    expect(turns.nextDue).to.equal(undefined);
    offer(THREE);
    expect(delivered).to.have.ordered.members([ONE, TWO]);
    turn();
    expect(delivered).to.have.ordered.members([ONE, TWO, THREE]);
  });

  it('R89: the later turn is asynchronous by default', async () => {
    const { events$, offer } = intake();
    let isDelivered = false;
    events$.subscribe(() => {
      isDelivered = true;
    });
    const first = firstValueFrom(events$);
    offer(ONE);
    expect(isDelivered).to.equal(false);
    expect(await first).to.equal(ONE);
  });

  it('R261: what opens or ends something is delivered inside the call, ahead of what waits', () => {
    const immediate: ReadonlyArray<HostEvent> = [
      { kind: 'initService', version: 0 },
      initAdapter(),
      { kind: 'performPreAssociate', adapter: ADAPTER } as HostEvent,
      P,
      stop(AP_2),
      { kind: 'adapterReset', adapter: ADAPTER_B },
      { kind: 'deinitAdapter', adapter: ADAPTER_B },
    ];
    for (const event of immediate) {
      const { offer, delivered, turn } = opened();
      offer(ONE, event);
      expect(delivered, event.kind).to.have.ordered.members([event]);
      turn();
      expect(delivered, event.kind).to.have.ordered.members([event, ONE]);
    }
  });

  it('R261: a call overtakes the packets of its frame', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, turns) => {
      const source = hot('  -1-(13P)-(3S)-(gZ)-u', events({ u: SENT }));
      const subs = '        ^-------------------';
      const expected = '    -1-(P13)-S----Z----u';
      const delivered$ = new Observable<HostEvent>((out) => {
        const { events$, offer } = intake({ turns });
        out.add(events$.subscribe(out));
        return source.subscribe(offer);
      });
      expectObservable(delivered$).toBe(expected, events({ u: SENT }));
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('R262: timers are brought up to date before each delivery', () => {
    const journal: string[] = [];
    const { offer, turn } = opened({ sync: () => journal.push('sync') }, ({ kind }) => journal.push(kind));
    offer(ONE, P, REPLY);
    expect(journal).to.deep.equal(['sync', 'performPostAssociate']);
    turn();
    expect(journal.slice(2)).to.deep.equal(['sync', 'receivePacket', 'sync', 'reply']);
  });

  it('is nobody’s way in: its events cannot be sent through the stream it shows', () => {
    expect(intake().events$).to.not.have.property('next');
  });
});

describe('an intake that is offered something during a delivery', () => {
  it('R265: puts it behind what waits already, and never into the middle of the delivery', () => {
    const journal: string[] = [];
    const { offer, turn, delivered } = opened({}, (event) => {
      if (event !== ONE) return;
      offer(REPLY);
      journal.push(`after the offer: ${delivered.length}`);
    });
    offer(ONE, TWO, THREE);
    turn();
    expect(journal).to.deep.equal(['after the offer: 1']);
    expect(delivered).to.have.ordered.members([ONE, TWO, THREE, REPLY]);
    turn();
    expect(delivered).to.have.length(4);
  });

  it('R265: answers to a call that takes effect at once wait for a later turn', () => {
    const { offer, turn, delivered } = opened({}, (event) => event === P && offer(REPLY));
    offer(P);
    expect(delivered).to.have.ordered.members([P]);
    turn();
    expect(delivered).to.have.ordered.members([P, REPLY]);
  });

  it('R261, R265: a stop from inside a delivery takes along the rest of the queue', () => {
    const S = stop();
    const { offer, turn, delivered } = opened({}, (event) => event === ONE && offer(S));
    offer(ONE, TWO, REPLY, THREE);
    turn();
    expect(delivered).to.have.ordered.members([ONE, S, REPLY]);
  });

  it('R261, R265: a stop takes along nothing of the port that is opened from inside its delivery', () => {
    const S = stop();
    const { offer, turn, delivered } = opened({}, (event) => event === S && offer(P, TWO));
    offer(ONE, S);
    turn();
    expect(delivered).to.have.ordered.members([S, P, TWO]);
  });
});

describe('a terminator in the intake', () => {
  const elsewhere = packet('1', AP, 3, ADAPTER_B);
  const queue = [ONE, packet('1', AP_2), oneXResult(0), INDICATED, REPLY, SENT, elsewhere, logOff()];

  /** What of the queue is delivered after all, when a port was open for the access point. */
  const left = (terminator: Terminator): ReadonlyArray<HostEvent> => {
    const { offer, delivered, turn } = opened();
    offer(P, ...queue, terminator);
    turn();
    expect(delivered.slice(0, 2)).to.have.ordered.members([P, terminator]);
    return delivered.slice(2);
  };

  it('R261: a stop takes along the packets of its peer, and the result of its 802.1X', () => {
    const [, ofAnother, , ...rest] = queue;
    expect(left(stop())).to.have.ordered.members([ofAnother, ...rest]);
  });

  it('R115, R195: a stop for another peer leaves the result to the port that is open', () => {
    const [ofPeer, , ...rest] = queue;
    expect(left(stop(AP_2))).to.have.ordered.members([ofPeer, ...rest]);
  });

  it('R198, R261: a stop of all peers takes along the packets of all', () => {
    expect(left(stop(BROADCAST))).to.have.ordered.members(queue.slice(3));
  });

  it('R261: a reset or the end of an adapter takes along all that names it', () => {
    for (const terminator of [reset, deinit] as ReadonlyArray<Terminator>)
      expect(left(terminator)).to.have.ordered.members([REPLY, SENT, elsewhere, ...queue.slice(7)]);
  });

  it('R9: the end of the service takes along everything', () => {
    expect(left(V as Terminator)).to.deep.equal([]);
  });

  it('R261: takes along exactly what it makes obsolete, whatever waits', () => {
    fc.assert(
      fc.property(fc.array(anyOffer), (offered) => {
        const { offer, delivered, turn } = opened({ maxBackLog: Number.POSITIVE_INFINITY });
        offer(...offered);
        turn();
        const atOnce = offered.filter(takesEffectAtOnce);
        const waited = offered.filter((event, i) => !takesEffectAtOnce(event) && !isTakenAlong(offered, i));
        expect(delivered).to.have.ordered.members([...atOnce, ...waited]);
      }),
    );
  });
});

describe('the end of the service in the intake', () => {
  it('R9: nothing that was offered before it or during it is delivered, and no turn is waited for', () => {
    const { offer, turns, turn, delivered } = opened({}, (event) => event === V && offer(REPLY, SENT, ONE));
    offer(ONE, REPLY, V);
    expect(turns.nextDue).to.equal(undefined);
    turn();
    expect(delivered).to.have.ordered.members([V]);
  });

  it('R9: also from inside a delivery', () => {
    const { offer, turns, turn, delivered } = opened({}, (event) => event === ONE && offer(V));
    offer(ONE, TWO, REPLY);
    turn();
    expect(delivered).to.have.ordered.members([ONE, V]);
    expect(turns.nextDue).to.equal(undefined);
  });

  it('R1, R9: another service may follow, and meets nothing of the one before', () => {
    const { offer, turn, delivered } = opened({}, (event) => event === V && offer(REPLY));
    offer(ONE, V, TWO);
    turn();
    expect(delivered).to.have.ordered.members([V, TWO]);
  });
});

describe('the back log of the intake', () => {
  it('R63: on overflow the oldest packet is dropped, and nothing else', () => {
    const { offer, turn, delivered } = opened({ maxBackLog: 2 });
    offer(REPLY, ONE, SENT, TWO, oneXResult(0), THREE, ONE);
    turn();
    expect(delivered.map((event) => ('payload' in event ? symbolOf(event.payload as Uint8Array) : event.kind))).to.deep.equal([
      'reply',
      'sendPacketCompletion',
      'oneXIndicateResult',
      '3',
      '1',
    ]);
  });

  it('R63: as many as there is room for wait', () => {
    const { offer, turn, delivered } = opened({ maxBackLog: 3 });
    offer(ONE, TWO, THREE);
    turn();
    expect(delivered).to.have.ordered.members([ONE, TWO, THREE]);
  });

  it('R63: every adapter has its own', () => {
    const other = ['1', '2'].map((symbol) => packet(symbol, AP, 3, ADAPTER_B));
    const { offer, turn, delivered } = opened({ maxBackLog: 2 });
    offer(...other, ONE, TWO, THREE);
    turn();
    expect(delivered).to.have.ordered.members([...other, TWO, THREE]);
  });

  it('R63: there is room again once the packets have been delivered', () => {
    const { offer, turn, delivered } = opened({ maxBackLog: 1 });
    offer(ONE);
    turn();
    offer(TWO);
    turn();
    expect(delivered).to.have.ordered.members([ONE, TWO]);
  });

  it('R63: holds 64 by default', () => {
    const many = Array.from({ length: 70 }, () => packet('1'));
    const { offer, turn, delivered } = opened();
    offer(...many);
    turn();
    expect(delivered).to.have.ordered.members(many.slice(6));
  });
});

describe('packets that wait while their port is opened anew for the same access point', () => {
  /** An engine with one port open, and the packets it has sent: the session and the message. */
  const engine = () => {
    const clock = new LogicalClock();
    const { handlers, effects$ } = createEngine({ methods: [symbolic()], scheduler: clock, turns: clock });
    const sent: string[] = [];
    effects$.subscribe((effect: Effect) => {
      if (effect.kind === 'sendPacket') sent.push(`${effect.session}: ${symbolOf(effect.payload)}`);
    });
    const turn = () => clock.advanceTo(clock.now() + 10);
    handlers.initService({ version: 0 });
    handlers.initAdapter(initAdapter());
    handlers.performPostAssociate(P);
    turn();
    const receive = () => handlers.receivePacket({ adapter: ADAPTER, peer: AP, etherType: 0x888e, payload: eapol('1') });
    return { handlers, sent, turn, receive };
  };

  it('R261: never reach the new port', () => {
    const { handlers, sent, turn, receive } = engine();
    receive();
    handlers.stopPostAssociate(stop());
    handlers.performPostAssociate(perform({ session: SESSION_2 }));
    turn();
    expect(sent).to.deep.equal([]);
    receive();
    turn();
    expect(sent).to.deep.equal([`${SESSION_2}: 2`]);
  });

  it('R261: nor do they after a stop of all peers, or a reset', () => {
    for (const end of ['stop', 'reset']) {
      const { handlers, sent, turn, receive } = engine();
      receive();
      if (end === 'stop') handlers.stopPostAssociate(stop(BROADCAST));
      else handlers.adapterReset({ adapter: ADAPTER });
      handlers.performPostAssociate(perform({ session: SESSION_2 }));
      turn();
      expect(sent, end).to.deep.equal([]);
    }
  });

  it('R261: the same packet is answered when the port stays', () => {
    const { handlers, sent, turn, receive } = engine();
    receive();
    handlers.stopPostAssociate(stop(AP_2));
    turn();
    expect(sent).to.deep.equal([`${P.session}: 2`]);
  });
});

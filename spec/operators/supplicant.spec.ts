import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { PaeOrder } from '../../operators/core/index.js';
import { type SupplicantDeps, type SupplicantEvent, supplicant } from '../../operators/index.js';
import { L2Reason, OneXAuthStatus } from '../../streams/events/index.js';
import { EapMethod } from '../../streams/frames/index.js';
import { LogicalClock } from '../../streams/sources/index.js';
import { peerOptions } from '../support/eapPeerRun.js';
import { eapFailure, eapRequest, eapSuccess } from '../support/eapServer.js';
import { TOY, TOY_PASSWORD, text, toyAnswer, toyKeys, toyMethod } from '../support/eapToy.js';
import { eapol } from '../support/paeRun.js';
import { ScriptedTls } from '../support/scriptedTls.js';
import { marbles } from './marble.js';

const { IDENTITY } = EapMethod.codes;
const CHALLENGE = text('challenge');
const tls = new ScriptedTls();
const peer: SupplicantDeps['peer'] = () => ({ options: peerOptions(), openTls: tls.open });
const hear = (packet: Uint8Array): PaeOrder => ({ kind: 'packet', packet: eapol(packet) });
const sends = (...body: ReadonlyArray<number>): SupplicantEvent => ({
  do: 'transmit',
  packet: Uint8Array.of(2, 0, 0, body.length, ...body),
});
const phase = (of: 'connecting' | 'authenticating' | 'authenticated' | 'held' | 'idle' | 'loggedOff'): SupplicantEvent => ({
  do: 'report',
  note: { kind: 'phase', phase: of },
});
const nth = (attempt: number): SupplicantEvent => ({ do: 'report', note: { kind: 'start', attempt, of: 3 } });

const orders: Record<string, PaeOrder> = {
  s: { kind: 'start' },
  z: { kind: 'stop' },
  l: { kind: 'logoff' },
  i: hear(eapRequest(1, IDENTITY)),
  c: hear(eapRequest(2, TOY, CHALLENGE)),
  y: hear(eapSuccess(2)),
  n: hear(eapFailure(2)),
  j: hear(eapRequest(9, IDENTITY)),
};

const said: Record<string, SupplicantEvent> = {
  C: phase('connecting'),
  A: phase('authenticating'),
  O: phase('authenticated'),
  H: phase('held'),
  I: phase('idle'),
  L: phase('loggedOff'),
  '1': nth(1),
  '2': nth(2),
  '3': nth(3),
  S: { do: 'transmit', packet: Uint8Array.of(2, 1, 0, 0) },
  X: { do: 'transmit', packet: Uint8Array.of(2, 2, 0, 0) },
  p: { do: 'result', result: 'inProgress' },
  i: sends(2, 1, 0, 14, IDENTITY, ...text('anonymous')),
  j: sends(2, 9, 0, 14, IDENTITY, ...text('anonymous')),
  m: { do: 'report', note: { kind: 'method', type: TOY, name: 'Toy', isInner: false, isAllowed: true } },
  c: sends(2, 2, 0, 14, TOY, ...toyAnswer(TOY_PASSWORD, CHALLENGE)),
  y: { do: 'report', note: { kind: 'result', isSuccess: true, isBelieved: true } },
  n: { do: 'report', note: { kind: 'result', isSuccess: false, isBelieved: true } },
  k: { do: 'report', note: { kind: 'authenticated', method: 'Toy', hasKeys: true } },
  K: { do: 'result', result: 'success', method: 'Toy', keys: toyKeys(TOY_PASSWORD, CHALLENGE) },
};

const nobody = { code: 'noAnswer' as const, message: 'nobody answered 3 EAPOL-Start packets' };
const none: Record<string, SupplicantEvent> = {
  f: { do: 'report', note: { kind: 'failed', fault: nobody } },
  F: {
    ...{ do: 'result', result: 'failure', fault: nobody },
    ...{ status: OneXAuthStatus.codes.NO_AUTHENTICATOR_FOUND, reason: L2Reason.codes.UNKNOWN },
  },
};

const no = { code: 'rejected' as const, message: 'the server ended Toy with a Failure', method: 'Toy' };
const refused: Record<string, SupplicantEvent> = {
  f: { do: 'report', note: { kind: 'failed', fault: no } },
  F: {
    ...{ do: 'result', result: 'failure', fault: no },
    ...{ status: OneXAuthStatus.codes.FAILURE, reason: L2Reason.codes.ONEX_EAP_FAILURE_RECEIVED },
  },
};

describe('supplicant', () => {
  it('authenticates', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const order$ = hot('  -s----i-----c---y------', orders);
      const subs = '        ^-------------------!--';
      const unsub = '       --------------------!--';
      const expected = '    -(C1S)(Api)-(mc)(yOkK)-';
      expectObservable(order$.pipe(supplicant({ peer, scheduler })), unsub).toBe(expected, said);
      expectSubscriptions(order$.subscriptions).toBe(subs);
    });
  });

  it('R102: sends three EAPOL-Starts, 30 s apart, and then there is nobody', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s', orders);
      const expected = '    (C1S) 29995ms (2S) 29996ms (3S) 29996ms (IfF)';
      expectObservable(order$.pipe(supplicant({ peer, scheduler }))).toBe(expected, { ...said, ...none });
    });
  });

  it('rests 60 s after a refusal, and begins again when it was asked to', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s----i----c---n-----s', orders);
      const rest = { r: { do: 'report', note: { kind: 'rest', ms: 60_000 } } } as const;
      const expected = '    (C1S)(Api)(mc)(nHfF)r 59993ms (C1S)';
      const unsub = '       61s !';
      expectObservable(order$.pipe(supplicant({ peer, scheduler })), unsub).toBe(expected, { ...said, ...refused, ...rest });
    });
  });

  it('a rest nobody waits for ends quietly', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s----i----c---n', orders);
      const expected = '    (C1S)(Api)(mc)(nHfF) 59994ms I';
      expectObservable(order$.pipe(supplicant({ peer, scheduler }))).toBe(expected, { ...said, ...refused });
    });
  });

  it('begins again when the server falls silent for 30 s', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s----i', orders);
      const expected = '    (C1S)(Api) 29995ms (C1S)';
      const unsub = '       31s !';
      expectObservable(order$.pipe(supplicant({ peer, scheduler })), unsub).toBe(expected, said);
    });
  });

  it('lets a person think longer than a server may be silent', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const thinking = toyMethod({ onRequest: () => [{ do: 'ask', want: 'token', message: '?' }] });
      const ask = () => new Promise<undefined>(() => {});
      const slow: SupplicantDeps['peer'] = () => ({ options: peerOptions({ methods: [thinking] }), openTls: tls.open, ask });
      const order$ = hot('  s----i----c 100s n', orders);
      const expected = '    (C1S)(Api)m 100s (nHfF)';
      const unsub = '       100s 30ms !';
      expectObservable(order$.pipe(supplicant({ peer: slow, scheduler })), unsub).toBe(expected, { ...said, ...refused });
    });
  });

  it('reauthenticates when the server asks, and when it is asked to', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s----i----c---y-----j----s----', orders);
      const expected = '    (C1S)(Api)(mc)(yOkK)(Apj)-----';
      const unsub = '       -------------------------!';
      expectObservable(order$.pipe(supplicant({ peer, scheduler })), unsub).toBe(expected, said);
    });
  });

  it('logs off', () => {
    marbles(({ hot, expectObservable }, scheduler) => {
      const order$ = hot('  s----i----c---y-----l---l', orders);
      const expected = '    (C1S)(Api)(mc)(yOkK)(LX)';
      expectObservable(order$.pipe(supplicant({ peer, scheduler }))).toBe(expected, said);
    });
  });

  for (const [at, before, after] of [
    ['while it waits for somebody', 's----', '(C1S)'],
    ['after the identity', 's----i----', '(C1S)(Api)'],
    ['in the middle of a method', 's----i----c---', '(C1S)(Api)(mc)'],
    ['when all is over', 's----i----c---y-----', '(C1S)(Api)(mc)(yOkK)'],
  ] as const) {
    it(`R117: a stop ${at} is silent, and nothing follows it`, () => {
      marbles(({ hot, expectObservable }, scheduler) => {
        const order$ = hot(`${before}z-i-c-y-n 100s j`, orders);
        expectObservable(order$.pipe(supplicant({ peer, scheduler }))).toBe(after, said);
      });
    });
  }

  it('completes with its source, and passes an error on', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const [ends, fails] = [cold<PaeOrder>('s----|', orders), cold<PaeOrder>('s----#', orders)];
      expectObservable(ends.pipe(supplicant({ peer, scheduler }))).toBe('(C1S)|', said);
      expectObservable(fails.pipe(supplicant({ peer, scheduler }))).toBe('(C1S)#', said);
      expectSubscriptions(ends.subscriptions).toBe('^----!');
      expectSubscriptions(fails.subscriptions).toBe('^----!');
    });
  });
});

describe('supplicant: ends', () => {
  const begin = (own: Partial<SupplicantDeps> = {}) => {
    const clock = new LogicalClock();
    const order$ = new Subject<PaeOrder>();
    const events: SupplicantEvent[] = [];
    const event$ = order$.pipe(supplicant({ peer, scheduler: clock, ...own }));
    const listen = (act: (event: SupplicantEvent) => void = () => {}) =>
      event$.subscribe((event) => {
        events.push(event);
        act(event);
      });
    return { clock, order$, events, listen };
  };
  const all: ReadonlyArray<PaeOrder> = ['s', 'i', 'c', 'y'].flatMap((symbol) => orders[symbol] ?? []);

  it('R117: a stop from inside any event is the end of it, at once', () => {
    for (let at = 0; at < 12; at++) {
      const toy = toyMethod();
      const methods = [toy];
      const { clock, order$, events, listen } = begin({ peer: () => ({ options: peerOptions({ methods }), openTls: tls.open }) });
      let isStopped = false;
      listen(() => {
        if (events.length === at + 1) {
          order$.next({ kind: 'stop' });
          isStopped = true;
        }
      });
      for (const order of all) if (!isStopped) order$.next(order);
      expect(events.length, `${at}`).to.equal(at + 1);
      expect(toy.released()).to.equal(toy.begun());
      expect(clock.nextDue, 'no timer is left').to.equal(undefined);
    }
  });

  it('unsubscribing from inside any event leaves neither timer nor secret', () => {
    for (let at = 0; at < 12; at++) {
      const toy = toyMethod();
      const methods = [toy];
      const { clock, order$, events, listen } = begin({ peer: () => ({ options: peerOptions({ methods }), openTls: tls.open }) });
      const subscription = listen(() => events.length === at + 1 && subscription.unsubscribe());
      for (const order of all) order$.next(order);
      expect(events.length, `${at}`).to.equal(at + 1);
      expect(toy.released()).to.equal(toy.begun());
      expect(clock.nextDue).to.equal(undefined);
    }
  });

  it('what comes from inside an event comes after what was being said, and before what a peer says', () => {
    const { order$, events, listen, clock } = begin();
    listen((event) => {
      if (event.do === 'result' && event.result === 'inProgress') order$.next({ kind: 'logoff' });
    });
    for (const order of all.slice(0, 2)) order$.next(order);
    expect(events.slice(3, -1)).to.deep.equal(['A', 'p', 'L', 'X'].map((symbol) => said[symbol]));
    expect(events.at(-1)).to.include({ do: 'result', reason: L2Reason.codes.ONEX_UI_CANCELLED });
    expect(clock.nextDue, 'no timer is left').to.equal(undefined);
  });

  it('what a peer said that has ended meanwhile is not said by the next', () => {
    const { order$, events, listen } = begin();
    let isFirst = true;
    listen((event) => {
      if (event.do !== 'result' || event.result !== 'inProgress' || !isFirst) return;
      isFirst = false;
      for (const order of [{ kind: 'logoff' } as const, { kind: 'start' } as const, hear(eapRequest(9, IDENTITY))])
        order$.next(order);
    });
    for (const order of all.slice(0, 2)) order$.next(order);
    const eap = events.filter((event) => event.do === 'transmit' && event.packet[1] === 0);
    expect(eap).to.deep.equal([said['j']]);
  });

  it('a peer that cannot be had any more is a failure', () => {
    const { order$, events, listen } = begin({ peer: () => undefined });
    listen();
    for (const order of all.slice(0, 2)) order$.next(order);
    expect(events.at(-1)).to.include({ do: 'result', result: 'failure', reason: L2Reason.codes.ONEX_UNABLE_TO_IDENTIFY_USER });
  });
});

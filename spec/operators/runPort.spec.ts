import { expect } from 'chai';
import { concatMap, pipe, Subject } from 'rxjs';
import {
  Ledger as Books,
  type Ledger,
  type MethodCommand,
  type MethodInput,
  type SecurityMethod,
} from '../../operators/core/index.js';
import { runPort } from '../../operators/index.js';
import { type Effect, type HostEvent, L2Reason, Secret, type Terminator } from '../../streams/events/index.js';
import { LogicalClock, type SecretSource } from '../../streams/sources/index.js';
import { acting } from '../support/actingMethod.js';
import { AP, association, initAdapter, perform, portState, SESSION, stop } from '../support/fixtures.js';
import { eapol, symbolic, symbolOf } from '../support/symbolicMethod.js';
import { packet, symbolOfEffect } from '../support/symbols.js';
import { events, marbles } from './marble.js';

interface Rig {
  readonly method: SecurityMethod;
  readonly ledger?: Ledger;
  readonly secrets?: SecretSource;
  readonly early?: string;
  readonly needsPairwiseKey?: boolean;
}

const opening = ({ method, early = '', needsPairwiseKey = false }: Rig) => ({
  adapter: initAdapter(),
  session: SESSION,
  generation: 1,
  letsInUnencrypted: false,
  facts: { peer: AP, method, mayUseOneX: true, needsPairwiseKey },
  context: { peer: AP, portState: portState(), association: association() },
  early: [...early].map((symbol) => ({ etherType: 0x888e, payload: eapol(symbol) })),
});

const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: 0x888e, payload: eapol(tag) });
const succeed: MethodCommand = { do: 'succeed' };
const known = events();
const symbols = Object.fromEntries([...'24szKGXCBc'].map((symbol) => [symbol, symbol]));

/** Remarks are no calls. */
const mapToSymbols = pipe(concatMap((effect: Effect) => (effect.kind === 'diagnostic' ? [] : [symbolOfEffect(effect)])));

/** A port on a clock moved by hand, whose effects and remarks are kept. */
const live = (rig: Rig, inside: (symbol: string, deliver: (event: HostEvent) => void) => void = () => {}) => {
  const clock = new LogicalClock();
  const ledger = rig.ledger ?? new Books();
  ledger.openGeneration();
  const input$ = new Subject<HostEvent>();
  const terminator$ = new Subject<Terminator>();
  const said: string[] = [];
  const remarks: string[] = [];
  const deps = { scheduler: clock, ledger, secrets: rig.secrets ?? (() => undefined) };
  const next = (effect: Effect): void => {
    if (effect.kind === 'diagnostic') remarks.push(effect.rule);
    else said.push(symbolOfEffect(effect));
    inside(said.at(-1) ?? '', (event) => input$.next(event));
  };
  const port = runPort(deps, opening(rig), { perform: perform(), input$, terminator$ });
  const subscription = port.subscribe({ next, error: () => said.push('#'), complete: () => said.push('|') });
  return { clock, ledger, input$, terminator$, said, remarks, subscription };
};

const throwing = (): never => {
  throw new Error('a fault');
};

describe('runPort', () => {
  const kinds: ReadonlyArray<readonly [string, Terminator | undefined, string, string]> = [
    ['R193: nothing but the stop of 802.1X at a stop', known['S'] as Terminator, '   -------S---', '     s------(z|)'],
    ['R151: and one completion at a reset', known['Z'] as Terminator, '              -------S---', '     s------(zc|)'],
    ['R160: nothing at all at a deinit', known['D'] as Terminator, '                 -------S---', '     s------|'],
  ];
  for (const [title, terminator, ends, expected] of kinds) {
    it(title, () => {
      const ledger = new Books();
      ledger.openGeneration();
      marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
        const input$ = hot('       ---e-----e-', known);
        const terminator$ = hot(ends, { S: terminator as Terminator });
        const subs = '             ^------!---';
        const deps = { scheduler, ledger, secrets: () => undefined };
        const port = runPort(deps, opening({ method: symbolic(true) }), { perform: perform(), input$, terminator$ });
        const said = port.pipe(mapToSymbols);
        expectObservable(said).toBe(expected, symbols);
        expectSubscriptions(input$.subscriptions).toBe(subs);
        expectSubscriptions(terminator$.subscriptions).toBe(subs);
      });
      expect(ledger.outstanding()).to.include({ ports: 0, timers: 0 });
    });
  }

  it('R174: fails an operation that takes too long', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const input$ = hot('  ----1---- 1s -', known);
      const unsub = '       ^------ 1s --!';
      const expected = '    ----2---- 11ms B';
      const deps = { scheduler, ledger: new Books(), secrets: () => undefined };
      const method = symbolic(false, { completionTimeout: 20 });
      const port = runPort(deps, opening({ method }), { perform: perform(), input$, terminator$: hot('-') });
      expectObservable(port.pipe(mapToSymbols), unsub).toBe(expected, symbols);
      expectSubscriptions(input$.subscriptions).toBe(unsub);
    });
  });

  it('R199: asks for no secret once the last effect of a step has ended the port', () => {
    const asked: string[] = [];
    const secrets: SecretSource = ({ want }) => {
      asked.push(want);
      return Secret.of(new Uint8Array(4));
    };
    const ask: MethodCommand = { do: 'ask', tag: 'nonce', request: { want: 'entropy', length: 4 } };
    const onPacket = (): ReadonlyArray<MethodCommand> => [ask, send('2')];
    const ended = live({ method: acting([], onPacket), secrets }, (symbol) => {
      if (symbol === '2') ended.terminator$.next(stop() as Terminator);
    });
    ended.input$.next(packet('1'));
    expect(asked).to.deep.equal([]);
    expect(ended.said).to.deep.equal(['2', '|']);

    const going = live({ method: acting([], (input) => (input.kind === 'packet' ? onPacket() : [])), secrets });
    going.input$.next(packet('1'));
    expect(asked).to.deep.equal(['entropy']);
  });

  it('R37: tells at the next millisecond what is known at once', () => {
    const { clock, said } = live({ method: acting([succeed]) });
    expect(said).to.deep.equal([]);
    clock.advanceTo(1);
    expect(said).to.deep.equal(['C']);
  });

  it('R88: gives the method early packets in order, and what comes meanwhile behind them', () => {
    const seen: string[] = [];
    const on = (input: MethodInput): ReadonlyArray<MethodCommand> => {
      if (input.kind !== 'packet') return [];
      seen.push(symbolOf(input.payload));
      return [send('2')];
    };
    let isFirst = true;
    const { clock, input$ } = live({ method: acting([], on), early: 'ab' }, (symbol, deliver) => {
      if (symbol === '2' && isFirst) {
        isFirst = false;
        deliver(packet('d'));
      }
    });
    input$.next(packet('c'));
    clock.advanceTo(1);
    expect(seen.join('')).to.equal('abcd');
  });

  it('R137, R192: what a step still wanted is not done when the host ended the port meanwhile', () => {
    const ended = new Subject<Terminator>();
    const { said, terminator$, input$, ledger } = live(
      {
        method: acting([], ({ kind }) => (kind === 'packet' ? [send('2'), send('4'), { do: 'setTimer', name: 't', ms: 5 }] : [])),
      },
      (symbol) => {
        if (symbol === '2') ended.next(stop());
      },
    );
    ended.subscribe(terminator$);
    input$.next(packet('1'));
    expect(said).to.deep.equal(['2', '|']);
    expect(ledger.outstanding()).to.include({ ports: 0, timers: 0 });
  });

  it('asks only when everything else is done, and answers at once', () => {
    const inputs: string[] = [];
    const ask: MethodCommand = { do: 'ask', tag: 'nonce', request: { want: 'entropy', length: 4 } };
    const on = (input: MethodInput): ReadonlyArray<MethodCommand> => {
      inputs.push(input.kind === 'supplied' ? `${input.tag} ${input.secret?.length}` : input.kind);
      return input.kind === 'packet' ? [ask, send('2')] : input.kind === 'supplied' ? [send('4')] : [];
    };
    const { said, input$ } = live({ method: acting([], on), secrets: () => Secret.of(new Uint8Array(4)) });
    input$.next(packet('1'));
    expect(inputs).to.deep.equal(['packet', 'nonce 4']);
    expect(said).to.deep.equal(['2', '4']);
  });

  describe('R263: a fault fails its own port', () => {
    const faults: ReadonlyArray<readonly [string, Partial<SecurityMethod<null>>]> = [
      ['begin', { begin: throwing }],
      ['step', { step: throwing }],
    ];
    for (const [name, changes] of faults) {
      it(`in ${name} of a method`, () => {
        const { clock, said, remarks, input$ } = live({ method: acting([], () => [], changes) });
        clock.advanceTo(1);
        input$.next(packet('1'));
        expect(said).to.deep.equal(['B']);
        expect(remarks).to.include('R263');
      });
    }

    it('in incomplete of a method, at the latest moment', () => {
      const { clock, said } = live({ method: acting([], () => [], { incomplete: throwing }) });
      clock.advanceTo(40_000);
      expect(said).to.deep.equal(['B']);
    });

    it('in release of a method, and everything else is released', () => {
      const key = Secret.of(new Uint8Array(16).fill(7));
      const install: MethodCommand = {
        do: 'install',
        keys: [{ slot: 'pairwise', algorithm: 4, material: { form: 'ccmp', counter: new Uint8Array(6), key } }],
      };
      const { said, terminator$, ledger } = live({ method: acting([install], () => [], { release: throwing }) });
      terminator$.next(stop());
      expect(said).to.deep.equal(['K', '|']);
      expect(ledger.outstanding()).to.include({ ports: 0, timers: 0 });
      expect([...key.reveal()]).to.deep.equal(new Array(16).fill(0));
    });

    it('in a source of secrets, which then has none to give', () => {
      const ask: MethodCommand = { do: 'ask', tag: 'psk', request: { want: 'credential', name: 'psk' } };
      const on = (input: MethodInput): ReadonlyArray<MethodCommand> =>
        input.kind === 'supplied' && input.secret === undefined
          ? [{ do: 'fail', reason: L2Reason.codes.UNKNOWN, win32: 31 }]
          : [];
      const { clock, said } = live({ method: acting([ask], on), secrets: throwing });
      clock.advanceTo(1);
      expect(said).to.deep.equal(['B']);
    });
  });

  it('passes an error of its input on and releases the port', () => {
    const { said, input$, ledger } = live({ method: symbolic() });
    input$.error(new Error('a fault'));
    expect(said).to.deep.equal(['#']);
    expect(ledger.outstanding()).to.include({ ports: 0, timers: 0 });
  });

  it('R192: releases the port when nobody listens any more', () => {
    const { said, subscription, input$, terminator$, ledger } = live({ method: symbolic(true) });
    subscription.unsubscribe();
    expect([input$.observed, terminator$.observed]).to.deep.equal([false, false]);
    expect(said).to.deep.equal(['s']);
    expect(ledger.outstanding()).to.include({ ports: 0, timers: 0 });
  });
});

import { expect } from 'chai';
import { filter, mergeMap, Observable, Subject, type Subscriber, share } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { Admission, Ledger, type SecurityMethod } from '../../operators/core/index.js';
import { portState, postAssociation } from '../../operators/index.js';
import {
  type ApiCall,
  type Effect,
  type HandlerCall,
  type HostEvent,
  handlerCalls,
  Secret,
  Win32,
} from '../../streams/events/index.js';
import { HostShims, type IndicationFeed, type SecretSource, type ShimRemark } from '../../streams/sources/index.js';
import { initAdapter } from './fixtures.js';
import { symbolic } from './symbolicMethod.js';
import { INPUTS, type Input, symbolOfEffect } from './symbols.js';

/** Lanes that go before those of a sequence, so that it can begin in the middle of a life. */
export interface Prelude {
  readonly in: string;
  readonly out: string;
  readonly port?: string;
}

/** What the host and the sink do, without what is expected of it. */
export interface Script {
  /** Handlers and indications, one character each (see `INPUTS`). */
  readonly in: string;
  /** A second input lane: what it has in a frame comes behind what `in` has there. */
  readonly and?: string;
  /** The methods to choose from; the symbolic handshake by default. */
  readonly methods?: ReadonlyArray<SecurityMethod>;
  /** Characters beyond the usual ones. */
  readonly symbols?: Readonly<Record<string, Input>>;
  /** Effects the sink refuses: by their characters, or by how often one was seen. */
  readonly refuses?: string | ((symbol: string, nth: number) => boolean);
  /** Effects the sink does not answer by itself. */
  readonly holds?: string;
  /** What the host calls from inside an effect: input characters by the effect's character and how often it was seen. */
  readonly inside?: (symbol: string, nth: number) => string;
  readonly secrets?: SecretSource;
  /** A host that calls Perform and Stop because of what its miniport indicates. */
  readonly feed?: IndicationFeed;
}

/** A diagram of the contract: the script and the lanes it must produce. */
export interface Sequence extends Script {
  readonly given?: Prelude;
  /** API calls in the order they are made. */
  readonly out: string;
  /** What the host believes of the port: U unauthorised, A authorised, x deleted. */
  readonly port?: string;
  /** Send buffers: `+` taken, `f` given back. */
  readonly mem?: string;
  /** What Perform returned: `y` accepted, `n` refused. */
  readonly ret?: string;
  /** Slow work, which `out` then leaves out: the label of each. */
  readonly drv?: string;
  /** When the input is subscribed; by default from the first frame to the last. */
  readonly subs?: string;
}

export interface Said {
  readonly frame: number;
  readonly lane: 'in' | 'out';
  readonly symbol: string;
}

const TIMES = /(?<= |^)(?<count>\d+)(?<unit>ms|s|m) /g;

/** How many frames a diagram is wide. */
const widthOf = (...lanes: ReadonlyArray<string>): number =>
  Math.max(
    ...lanes.map((lane) => {
      let time = 0;
      const rest = lane.replace(TIMES, (_, count: string, unit: string) => {
        time += Number(count) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm'];
        return ' ';
      });
      return time + rest.replaceAll(' ', '').length;
    }),
  );

const isHandlerCall = (event: HostEvent): event is HandlerCall => event.kind in handlerCalls;

/** The operator between a scripted host and a scripted sink, and what was seen of it. */
export class Stage {
  readonly ledger = new Ledger();
  /** Everything that was called and said, in order. */
  readonly log: Said[] = [];
  /** Every call that was made, but for those before the first character. */
  readonly effects: ApiCall[] = [];
  readonly diagnostics: Extract<Effect, { kind: 'diagnostic' }>[] = [];
  /** The calls the sink refused, by number. */
  readonly refused = new Set<number>();
  /** Every clear text that was handed in. */
  readonly supplied: Secret[] = [];
  /** What the shim said about the driver. */
  readonly remarks: ShimRemark[] = [];

  readonly #script: Script;
  readonly #clock: TestScheduler;
  readonly #admission: Admission;
  readonly #methods: ReadonlyArray<SecurityMethod>;
  readonly #returns = new Subject<string>();
  readonly #memory = new Subject<string>();
  readonly #happenings = new Subject<HostEvent | Effect>();
  readonly #held = new Set<number>();
  readonly #shims: HostShims | undefined;
  readonly #counts = new Map<string, number>();
  #source: Subscriber<HostEvent> | undefined;

  constructor(script: Script, clock: TestScheduler) {
    this.#script = script;
    this.#clock = clock;
    this.#methods = script.methods ?? [symbolic()];
    this.#admission = new Admission(this.#methods);
    this.#admission.admit({ kind: 'initService', version: 0 });
    const { feed } = script;
    this.#shims = feed && new HostShims({ feed, remark: (remark) => this.remarks.push(remark) });
  }

  get returns$(): Observable<string> {
    return this.#returns;
  }

  get memory$(): Observable<string> {
    return this.#memory;
  }

  get port$(): Observable<string> {
    const symbols = { unauthorised: 'U', authorised: 'A', deleted: 'x' } as const;
    return this.#happenings.pipe(
      portState(),
      mergeMap(({ state }) => symbols[state]),
    );
  }

  /** The calls of the operator, for the characters of the input lanes. */
  calls$(lanes: ReadonlyArray<Observable<string>>): Observable<ApiCall> {
    const events$ = new Observable<HostEvent>((source) => {
      this.#source = source;
      this.#enter(initAdapter());
      for (const lane of lanes) {
        source.add(lane.subscribe({ next: (symbol) => this.play(symbol), complete: () => source.complete() }));
      }
    });
    const secrets: SecretSource = (request) => this.#supply(request);
    const deps = { methods: this.#methods, scheduler: this.#clock, ledger: this.ledger, secrets };
    const calls$ = new Observable<ApiCall>((out) =>
      events$.pipe(postAssociation(deps)).subscribe({
        next: (effect) => {
          if (effect.kind === 'diagnostic') this.diagnostics.push(effect);
          else this.#carryOut(effect, out);
        },
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      }),
    );
    return calls$.pipe(share());
  }

  /** One character of an input lane happens. */
  play(symbol: string): void {
    const input = this.#script.symbols?.[symbol] ?? INPUTS[symbol];
    expect(input, `the input "${symbol}"`).not.to.equal(undefined);
    this.log.push({ frame: this.#clock.frame, lane: 'in', symbol });
    const event = input?.(this);
    if (event !== undefined) this.#enter(event);
  }

  /** The front door: what is admitted goes in, what is refused is remarked. */
  #enter(event: HostEvent): void {
    const refusal = isHandlerCall(event) ? this.#admission.admit(event) : undefined;
    if (event.kind === 'performPostAssociate') this.#returns.next(refusal === undefined ? 'y' : 'n');
    if (refusal === undefined) this.#admitted(event);
    else this.#deliver({ kind: 'handlerReturned', handler: event.kind, ...refusal });
  }

  #admitted(event: HostEvent): void {
    this.#deliver(event);
    for (const call of this.#shims?.see(event) ?? []) this.#enter(call);
  }

  #deliver(event: HostEvent): void {
    this.#happenings.next(event);
    this.#source?.next(event);
    for (const packet of this.#held) {
      if (this.ledger.packets.has(packet)) continue;
      this.#held.delete(packet);
      this.#memory.next('f');
    }
  }

  #supply(request: Parameters<SecretSource>[0]): Secret | undefined {
    const secret = (this.#script.secrets ?? unprotecting)(request);
    if (secret !== undefined) this.supplied.push(secret);
    return secret;
  }

  /** Carries out a call; what happens before the first character is not part of the diagram. */
  #carryOut(effect: ApiCall, out: Subscriber<ApiCall>): void {
    const symbol = symbolOfEffect(effect);
    const nth = (this.#counts.get(symbol) ?? 0) + 1;
    this.#counts.set(symbol, nth);
    if (this.#refuses(symbol, nth)) this.refused.add(effect.call);
    if (this.log.length > 0) this.#show(effect, symbol, nth, out);
    this.#answer(effect, symbol);
  }

  #refuses(symbol: string, nth: number): boolean {
    const { refuses = '' } = this.#script;
    return typeof refuses === 'string' ? refuses.includes(symbol) : refuses(symbol, nth);
  }

  /** Shown first, for the host may call back from inside. */
  #show(effect: ApiCall, symbol: string, nth: number, out: Subscriber<ApiCall>): void {
    this.log.push({ frame: this.#clock.frame, lane: 'out', symbol });
    this.effects.push(effect);
    out.next(effect);
    this.#happenings.next(effect);
    if (effect.kind === 'sendPacket') {
      this.#held.add(effect.packet);
      this.#memory.next('+');
    }
    for (const input of this.#script.inside?.(symbol, nth) ?? '') this.play(input);
  }

  #answer({ call, kind }: ApiCall, symbol: string): void {
    if (this.#script.holds?.includes(symbol)) return;
    const win32 = this.refused.has(call) ? Win32.codes.ERROR_GEN_FAILURE : Win32.codes.ERROR_SUCCESS;
    const buffer = kind === 'allocateBuffer' && win32 === 0 ? { buffer: `0x${(0xb000 + call).toString(16)}` as never } : {};
    this.#deliver({ kind: 'reply', call, win32, ...buffer });
  }
}

/** The protection of a key is its first 8 octets. */
export const unprotecting: SecretSource = (request) =>
  request.want === 'unprotected' ? Secret.of(request.blob.reveal().slice(8)) : undefined;

const asLane = (
  messages: ReadonlyArray<{ readonly frame: number; readonly notification: { readonly value?: unknown } }>,
): string => messages.map(({ frame, notification }) => `${frame}:${String(notification.value ?? notification)}`).join(' ');

/** Says which symbol came at which frame, before chai says the same at length. */
const compare = (actual: unknown, expected: unknown): void => {
  const shown =
    Array.isArray(actual) && Array.isArray(expected) && [...actual, ...expected].every((message) => 'notification' in message)
      ? `\n  seen     ${asLane(actual)}\n  expected ${asLane(expected)}\n`
      : undefined;
  expect(actual, shown).to.deep.equal(expected);
};

/** A refused key is drawn with a small letter. */
const drawn = (call: ApiCall, { refused }: Stage): string =>
  call.kind === 'setKeyMappingKey' && refused.has(call.call) ? 'k' : symbolOfEffect(call);

/** Plays a diagram against the operator and compares every lane it draws. */
export const sequence = ({ given = { in: '', out: '', port: '' }, ...own }: Sequence): Stage => {
  const script: Sequence = { ...own, in: given.in + own.in, out: given.out + own.out };
  const before = '-'.repeat(widthOf(given.in));
  const clock = new TestScheduler(compare);
  return clock.run(({ hot, expectObservable, expectSubscriptions }) => {
    const stage = new Stage(script, clock);
    const lane = hot<string>(script.in);
    const lanes = script.and === undefined ? [lane] : [lane, hot<string>(before + script.and)];
    const width = widthOf(script.in, script.out);
    const until = `^${' '}${width - 1}ms !`;
    const calls$ = stage.calls$(lanes);
    const isSlow = (call: ApiCall): boolean => script.drv !== undefined && call.kind === 'derive';
    const symbols$ = (wanted: (call: ApiCall) => boolean) =>
      calls$.pipe(
        filter(wanted),
        mergeMap((call) => drawn(call, stage)),
      );

    if (own.port !== undefined) expectObservable(stage.port$, until).toBe((given.port ?? before) + own.port);
    if (own.mem !== undefined) expectObservable(stage.memory$, until).toBe(before + own.mem);
    if (own.ret !== undefined) expectObservable(stage.returns$, until).toBe(before + own.ret);
    if (own.drv !== undefined) expectObservable(symbols$(isSlow), until).toBe(before + own.drv);
    expectObservable(
      symbols$((call) => !isSlow(call)),
      until,
    ).toBe(script.out);
    expectSubscriptions(lane.subscriptions).toBe(script.subs ?? until);
    return stage;
  });
};

/** Plays a script with nothing expected of it, until its last frame and no further. */
export const play = (script: Script): Stage => {
  const clock = new TestScheduler(compare);
  return clock.run(({ hot, expectObservable }) => {
    const stage = new Stage(script, clock);
    const lanes = [script.in, ...(script.and === undefined ? [] : [script.and])].map((lane) => hot<string>(lane));
    expectObservable(stage.calls$(lanes), `^ ${widthOf(script.in, script.and ?? '')}ms !`);
    return stage;
  });
};

/** An authorised port: S1 as a prelude. */
export const AUTHORISED: Prelude = {
  in: '  P-1-u-3-v-------',
  out: ' --2---4-(KGXC)--',
  port: 'U-------A-------',
};

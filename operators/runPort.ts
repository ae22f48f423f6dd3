import { Observable, type Subscriber, type Subscription } from 'rxjs';
import type { Effect, Handler, HostEvent, SessionHandle } from '../streams/events/index.js';
import type { OpenedPort } from './byPort.js';
import { cancelOn, type Partings } from './cancelOn.js';
import {
  type MethodContext,
  type Packet,
  type Port,
  type PortCall,
  type PortFacts,
  type PortInput,
  type PortOutput,
  type PortStep,
  partingCalls,
  releasePort,
  resetCalls,
  toPortInput,
  tryOpenPort,
  tryStepPort,
} from './core/index.js';
import { askSecret, type PortDeps, stampCall } from './stampCall.js';

export interface PortOpening {
  readonly adapter: Handler<'initAdapter'>;
  readonly session: SessionHandle;
  readonly generation: number;
  readonly facts: PortFacts;
  readonly context: MethodContext;
  /** Packets that came before the port did (R88). */
  readonly early: ReadonlyArray<Packet>;
  /** An earlier port may have shut out what this one depends on (R147). */
  readonly letsInUnencrypted: boolean;
}

/** The smallest delay every scheduler can tell from "now". */
export const LATER_TURN_MS = 1;

type Ask = Extract<PortOutput, { do: 'ask' }>;

/** What a port needs only until the host's call is over, and then lets go: beacons should not outlive the handshake. */
interface PerformTurn extends Omit<PortOpening, 'adapter' | 'session' | 'generation' | 'early'> {
  readonly openedAt: number;
  early: ReadonlyArray<Packet>;
  later?: Subscription;
  isOver?: boolean;
}

/** Feeds the pure machine of one port, and turns what it wants into effects, timers and secrets. */
class RunningPort implements Partings<Effect> {
  readonly #deps: PortDeps;
  readonly #adapter: Handler<'initAdapter'>;
  readonly #session: SessionHandle;
  readonly #generation: number;
  #turn: PerformTurn | undefined;
  #out: Subscriber<Effect> | undefined;
  #port: Port | undefined;
  #timers: Map<string, Subscription> | undefined;

  constructor(deps: PortDeps, { adapter, session, generation, ...turn }: PortOpening) {
    this.#deps = deps;
    this.#adapter = adapter;
    this.#session = session;
    this.#generation = generation;
    this.#turn = { ...turn, openedAt: deps.scheduler.now() };
  }

  start(out: Subscriber<Effect>, input$: Observable<HostEvent>): void {
    if (this.#turn === undefined) return;
    const { facts, context, early, letsInUnencrypted } = this.#turn;
    this.#out = out;
    out.add(this);
    out.add(input$.subscribe(this));
    if (early.length > 0) this.#awaitLaterTurn();
    this.#apply(tryOpenPort(facts, context, letsInUnencrypted));
  }

  next(event: HostEvent): void {
    const input = toPortInput(event, this.#generation, this.#deps.ledger);
    if (input !== undefined) this.#arrive(input);
  }

  error(error: unknown): void {
    this.#out?.error(error);
  }

  /** R117: the 802.1X module is stopped while that may still be said. */
  stopPostAssociate(): ReadonlyArray<Effect> {
    return this.#port === undefined ? [] : partingCalls(this.#port).map((call) => this.#stamp(call, ''));
  }

  /** As at a stop, and the one completion if it is still owed (R151). */
  adapterReset(): ReadonlyArray<Effect> {
    return this.#port === undefined ? [] : resetCalls(this.#port).map((call) => this.#stamp(call, ''));
  }

  /** Releases everything of the port (R192). */
  unsubscribe(): void {
    this.#turn?.later?.unsubscribe();
    for (const name of [...(this.#timers?.keys() ?? [])]) this.#clearTimer(name);
    if (this.#port !== undefined) releasePort(this.#port);
    this.#port = undefined;
    this.#deps.ledger.live.delete(this.#generation);
  }

  #arrive(input: PortInput): void {
    if (this.#turn !== undefined && this.#deps.scheduler.now() > this.#turn.openedAt) this.#leavePerform();
    const turn = this.#turn;
    // What came before the port did goes first.
    if (turn !== undefined && turn.early.length > 0 && input.kind === 'packet') turn.early = [...turn.early, input];
    else this.#feed(input);
  }

  #awaitLaterTurn(): void {
    if (this.#turn !== undefined) this.#turn.later ??= this.#deps.scheduler.schedule(() => this.#leavePerform(), LATER_TURN_MS);
  }

  #leavePerform(): void {
    const turn = this.#turn;
    if (turn === undefined || turn.isOver) return;
    turn.isOver = true;
    turn.later?.unsubscribe();
    this.#feed({ kind: 'laterTurn' });
    // What comes from inside this waits behind what came early (R85, R88).
    for (let [packet, ...rest] = turn.early; packet !== undefined; [packet, ...rest] = turn.early) {
      turn.early = rest;
      this.#feed({ ...packet, kind: 'packet' });
    }
    this.#turn = undefined;
  }

  #feed(input: PortInput): void {
    if (this.#port !== undefined) this.#apply(tryStepPort(this.#port, input));
  }

  /** The state first, the effects second: a host that calls back from inside an effect finds it settled (R264). */
  #apply({ state, effects }: PortStep): void {
    this.#port = state;
    const asked: Ask[] = [];
    for (const output of effects) {
      // Whoever the last effect made call back may have ended this port.
      if (this.#port === undefined) return;
      if (output.do === 'ask') asked.push(output);
      else this.#act(output);
    }
    for (const ask of asked) this.#answer(ask);
  }

  #answer({ tag, request }: Ask): void {
    // Nothing is drawn for a port that is gone: nobody would destroy it.
    if (this.#port === undefined) return;
    const secret = askSecret(this.#deps.secrets, request);
    this.#feed(secret === undefined ? { kind: 'supplied', tag } : { kind: 'supplied', tag, secret });
  }

  #act(output: Exclude<PortOutput, Ask>): void {
    switch (output.do) {
      case 'call':
        this.#out?.next(this.#stamp(output.call, output.tag));
        break;
      case 'setTimer':
        this.#setTimer(output.name, output.ms);
        break;
      case 'clearTimer':
        this.#clearTimer(output.name);
        break;
      case 'awaitLaterTurn':
        this.#awaitLaterTurn();
        break;
      case 'report': {
        const { adapter } = this.#adapter;
        const session = this.#session;
        this.#out?.next({ kind: 'diagnostic', rule: output.rule, message: output.message, adapter, session });
      }
    }
  }

  #stamp(call: PortCall, tag: string): Effect {
    const { adapter, service } = this.#adapter;
    const origin = { adapter, service, session: this.#session, generation: this.#generation };
    return stampCall(call, tag, origin, this.#deps);
  }

  #setTimer(name: string, ms: number): void {
    this.#clearTimer(name);
    this.#timers ??= new Map();
    this.#timers.set(
      name,
      this.#deps.scheduler.schedule(() => this.#expire(name), ms),
    );
    this.#deps.ledger.timers++;
  }

  #expire(name: string): void {
    this.#clearTimer(name);
    this.#arrive({ kind: 'timer', name });
  }

  #clearTimer(name: string): void {
    const timer = this.#timers?.get(name);
    if (timer === undefined) return;
    timer.unsubscribe();
    this.#timers?.delete(name);
    if (this.#timers?.size === 0) this.#timers = undefined;
    this.#deps.ledger.timers--;
  }
}

/**
 * Runs the post-association operation of one port until a terminator, and releases everything of it then (R192).
 *
 * @example
 * byPort({ open: (port) => runPort(deps, opening, port), belongs, rest })
 *
 * @since 0.1.0
 */
export const runPort = (deps: PortDeps, opening: PortOpening, { input$, terminator$ }: OpenedPort): Observable<Effect> => {
  const running = new RunningPort(deps, opening);
  const effects$ = new Observable<Effect>((out) => running.start(out, input$));
  return effects$.pipe(cancelOn(terminator$, running));
};

import { Observable, type SchedulerLike, Subject, type Subscriber } from 'rxjs';
import {
  type EapNote,
  type PaeNote,
  type PaeOptions,
  type PortBelief,
  type WiredOptions,
  wired,
} from '../../../operators/core/index.js';
import {
  createEngine,
  type EapPeerDeps,
  type Engine,
  type OneXOrder,
  type OneXOutput,
  oneXModule,
  portState,
} from '../../../operators/index.js';
import { type Effect, type HostEvent, type MacAddress, Secret } from '../../../streams/events/index.js';
import { apiTable, driving, HostShims, LiveClock, type Sink } from '../../../streams/sources/index.js';
import { createRecordedEngine } from '../../event-log/createRecordedEngine.js';
import { handleOf, noWire, stepWire, type WireCall, type WireInput } from './stepWire.js';
import type { Wire, WireEvent } from './Wire.js';

export interface WiredSupplicantOptions {
  readonly wire: Wire;
  /** With what it authenticates; asked for each authentication anew. */
  readonly peer: () => EapPeerDeps | undefined;
  readonly pae?: PaeOptions;
  readonly policy?: WiredOptions;
  /** Takes one line of the event log at a time; there is no secret in it. */
  readonly record?: (line: string) => void;
  /** Is shown each half of the MSK, which a wire has no use for. */
  readonly showKey?: (key: Secret) => void;
  /** Real time by default. */
  readonly scheduler?: SchedulerLike;
}

/** What can be seen of a supplicant on a wire. */
export type WiredEvent =
  | Extract<WireEvent, { kind: 'link' | 'removed' | 'trouble' }>
  /** A whole EAPOL packet, and who sent it if it was not us. */
  | { readonly kind: 'packet'; readonly dir: 'in' | 'out'; readonly packet: Uint8Array; readonly from?: MacAddress }
  /** What the engine is told, and what it does. */
  | { readonly kind: 'told'; readonly event: HostEvent }
  | { readonly kind: 'done'; readonly effect: Effect }
  | { readonly kind: 'note'; readonly note: EapNote | PaeNote }
  | { readonly kind: 'port'; readonly port: PortBelief };

export interface WiredSupplicant {
  /** Whoever subscribes starts it, and by unsubscribing stops it without a word to the authenticator. It completes after `end`. */
  readonly events$: Observable<WiredEvent>;
  /** Tells the authenticator that the user has gone (EAPOL-Logoff), gives everything back, and completes. */
  readonly end: () => void;
  /** What the events are timed by. */
  readonly scheduler: SchedulerLike;
}

const ACCEPTED = 0;
const noKey = (): Secret => Secret.of(new Uint8Array(0));

/** An engine, a wire below it and an 802.1X module beside it. */
class RunningSupplicant {
  readonly #options: WiredSupplicantOptions;
  readonly #engine: Engine;
  readonly #out: Subscriber<WiredEvent>;
  readonly #orders = new Subject<OneXOrder>();
  readonly #happenings = new Subject<HostEvent | Effect>();
  readonly #shims = new HostShims();
  #wire = noWire;
  #isOver = false;

  constructor(options: WiredSupplicantOptions, scheduler: SchedulerLike, out: Subscriber<WiredEvent>) {
    this.#options = options;
    this.#out = out;
    this.#engine = this.#createEngine(scheduler);
    out.add(() => this.stop());
  }

  start(): void {
    const { events$, effects$, handlers, offer } = this.#engine;
    const sink = driving(this.#sink(), offer);
    this.#follow(this.#happenings.pipe(portState()), (port) => this.#out.next({ kind: 'port', port }));
    this.#follow(this.#orders.pipe(this.#module()), (output) => this.#obey(output));
    this.#follow(events$, (event) => {
      // R117: of the removal of its adapter an engine may not tell the module.
      if (event.kind === 'deinitAdapter') this.#orders.next(event);
      this.#tell({ kind: 'told', event }, event);
    });
    this.#follow(effects$, (effect) => {
      this.#tell({ kind: 'done', effect }, effect);
      sink.next(effect);
    });
    handlers.initService({ version: 0 });
    this.#follow(this.#options.wire.events$, (event) => this.#see(event));
  }

  end(): void {
    if (!this.#isOver) this.#sync();
    const { link } = this.#wire;
    if (link?.isUp === true && !this.#isOver) this.#orders.next({ kind: 'logoffOneX', adapter: handleOf(link) });
    this.stop();
    this.#out.complete();
  }

  /** Ends what there is in the order a host would. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#step({ kind: 'ended' });
    this.#engine.handlers.deinitService({});
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.stop();
  }

  #follow<A>(source: Observable<A>, next: (value: A) => void): void {
    this.#out.add(source.subscribe({ next, error: (error: unknown) => this.#out.error(error) }));
  }

  #createEngine(scheduler: SchedulerLike): Engine {
    const { policy, record } = this.#options;
    const options = { methods: [wired(policy)], scheduler };
    return record === undefined
      ? createEngine(options)
      : createRecordedEngine({ ...options, record: { write: record, secrets: 'redact' } });
  }

  #module(): ReturnType<typeof oneXModule> {
    const { peer, pae, showKey } = this.#options;
    const { scheduler } = this.#engine;
    // No key leaves the module, not even protected: there is nothing to encrypt.
    const protect = (key: Secret): Secret => {
      showKey?.(key);
      return noKey();
    };
    return oneXModule({ supplicantFor: peer, scheduler, protect, ...(pae && { pae }) });
  }

  #sink(): Sink {
    const order = (effect: Effect): number => {
      this.#orders.next(effect);
      return ACCEPTED;
    };
    const accept = (): number => ACCEPTED;
    return apiTable({
      setEtherTypeHandling: accept,
      postAssociateCompletion: accept,
      startOneX: order,
      stopOneX: order,
      processOneXPacket: order,
    });
  }

  #obey(output: OneXOutput): void {
    switch (output.kind) {
      case 'transmit':
        this.#transmit(output.packet);
        break;
      case 'note':
        this.#out.next({ kind: 'note', note: output.note });
        break;
      case 'event': {
        const { kind: _, ...result } = output.event;
        this.#engine.handlers.oneXIndicateResult(result);
      }
    }
  }

  #transmit(packet: Uint8Array): void {
    const sent = this.#options.wire.transmit(packet);
    this.#out.next(sent._tag === 'Right' ? { kind: 'packet', dir: 'out', packet } : { kind: 'trouble', fault: sent.left });
  }

  /** Whoever watches is told by the present time, and what is due by now comes first. */
  #sync(): void {
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.sync();
  }

  #see(event: WireEvent): void {
    this.#sync();
    if (event.kind === 'packet') this.#out.next({ kind: 'packet', dir: 'in', packet: event.payload, from: event.from });
    else this.#out.next(event);
    if (event.kind !== 'trouble' && !this.#isOver) this.#step(event);
  }

  #step(input: WireInput): void {
    const { state, effects } = stepWire(this.#wire, input);
    this.#wire = state;
    for (const call of effects) {
      // Whoever watches may have ended it from inside the call before.
      if (this.#isOver && input.kind !== 'ended') return;
      this.#call(call);
    }
  }

  /** A call of the host, and those it makes because of it. */
  #call(call: WireCall): void {
    const { handlers, offer } = this.#engine;
    switch (call.kind) {
      case 'initAdapter':
        handlers.initAdapter(call);
        break;
      case 'deinitAdapter':
        handlers.deinitAdapter(call);
        break;
      case 'receivePacket':
        handlers.receivePacket(call);
        return;
      default:
        offer(call);
    }
    for (const caused of this.#shims.see(call)) {
      if (caused.kind === 'performPostAssociate') handlers.performPostAssociate(caused);
      else handlers.stopPostAssociate(caused);
    }
  }

  #tell(seen: WiredEvent, happening: HostEvent | Effect): void {
    this.#out.next(seen);
    this.#happenings.next(happening);
  }
}

/**
 * A supplicant for a wire, complete: an engine that drives the post-association operation, an 802.1X module that authenticates,
 * and the wire they speak over.
 *
 * @example
 * const wire = await linuxWire({ interface: 'eth0' });
 * if (wire._tag === 'Right') {
 *   const { events$, end } = wiredSupplicant({ wire: wire.right, peer: () => eap });
 *   events$.subscribe((event) => event.kind === 'port' && console.log(event.port.state));
 *   process.once('SIGINT', end);
 * }
 *
 * @since 0.2.0
 */
export const wiredSupplicant = (options: WiredSupplicantOptions): WiredSupplicant => {
  const { scheduler = new LiveClock() } = options;
  let running: RunningSupplicant | undefined;
  const events$ = new Observable<WiredEvent>((out) => {
    running = new RunningSupplicant(options, scheduler, out);
    running.start();
  });
  return { events$, end: () => running?.end(), scheduler };
};

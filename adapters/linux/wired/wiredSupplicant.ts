import { Observable, type SchedulerLike, type Subscriber } from 'rxjs';
import { type PaeOptions, type WiredOptions, wired } from '../../../operators/core/index.js';
import { type EapPeerDeps, oneXModule } from '../../../operators/index.js';
import { type MacAddress, Secret } from '../../../streams/events/index.js';
import { apiTable, LiveClock, type Sink } from '../../../streams/sources/index.js';
import { EngineHost, type EngineSight, hostedEngine } from '../EngineHost.js';
import { handleOf, noWire, stepWire, type WireInput } from './stepWire.js';
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
  | Exclude<EngineSight, { kind: 'packet' }>;

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
  readonly #scheduler: SchedulerLike;
  readonly #host: EngineHost;
  readonly #out: Subscriber<WiredEvent>;
  #wire = noWire;
  #isOver = false;

  constructor(options: WiredSupplicantOptions, scheduler: SchedulerLike, out: Subscriber<WiredEvent>) {
    const { policy, record } = options;
    this.#options = options;
    this.#scheduler = scheduler;
    this.#out = out;
    this.#host = new EngineHost(hostedEngine({ methods: [wired(policy)], scheduler }, record));
    out.add(() => this.stop());
  }

  start(): void {
    const { wire } = this.#options;
    const broke = (error: unknown): void => this.#out.error(error);
    this.#host.start({
      module: this.#module(),
      sink: this.#sink(),
      transmit: wire.transmit,
      see: (sight) => this.#out.next(sight),
      broke,
    });
    this.#out.add(wire.events$.subscribe({ next: (event) => this.#see(event), error: broke }));
  }

  end(): void {
    if (!this.#isOver) this.#host.sync();
    const { link } = this.#wire;
    if (link?.isUp === true && !this.#isOver) this.#host.logOff(handleOf(link));
    this.stop();
    this.#out.complete();
  }

  /** Ends what there is in the order a host would. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#step({ kind: 'ended' });
    this.#host.stop();
  }

  #module(): ReturnType<typeof oneXModule> {
    const { peer, pae, showKey } = this.#options;
    // No key leaves the module, not even protected: there is nothing to encrypt.
    const protect = (key: Secret): Secret => {
      showKey?.(key);
      return noKey();
    };
    return oneXModule({ supplicantFor: peer, scheduler: this.#scheduler, protect, ...(pae && { pae }) });
  }

  #sink(): Sink {
    const order = (effect: Parameters<EngineHost['order']>[0]): number => {
      this.#host.order(effect);
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

  #see(event: WireEvent): void {
    this.#host.sync();
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
      this.#host.call(call);
    }
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

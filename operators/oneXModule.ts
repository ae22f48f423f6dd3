import { isRight, tryCatch } from 'fp-ts/lib/Either.js';
import { Observable, type OperatorFunction, type SchedulerLike, Subject, type Subscriber, type Subscription } from 'rxjs';
import {
  type AdapterHandle,
  type Effect,
  type EffectOf,
  type HostEvent,
  L2Reason,
  OneXAuthStatus,
  type OneXParameters,
  OneXResult,
  Secret,
  type Terminator,
} from '../streams/events/index.js';
import {
  type EapKeys,
  type EapNote,
  eapFault,
  failureOf,
  type PaeNote,
  type PaeOptions,
  type PaeOrder,
  type PaeResult,
} from './core/index.js';
import type { EapPeerDeps } from './eapPeer.js';
import { type SupplicantEvent, supplicant, zeroiseKeys } from './supplicant.js';

export interface OneXModuleDeps {
  /** With what an adapter authenticates; asked for each authentication anew. Nothing where there is nothing to do it with. */
  readonly supplicantFor: (adapter: AdapterHandle) => EapPeerDeps | undefined;
  /** All time there is (R262). */
  readonly scheduler: SchedulerLike;
  /** R112: keys leave the module as protected blobs only. The key stays the module's. */
  readonly protect: (key: Secret) => Secret;
  readonly pae?: PaeOptions;
}

/** Tells the authenticator of an adapter that the user has gone. */
export interface OneXLogoff {
  readonly kind: 'logoffOneX';
  readonly adapter: AdapterHandle;
}

/**
 * What the module is asked. The terminators of the host belong in: an engine whose adapter is removed may say no more (R117), so that
 * nobody else tells the module.
 */
export type OneXOrder = Effect | OneXLogoff | Terminator;

/** What the 802.1X module says. */
export type OneXOutput =
  /** `packet` is a whole EAPOL packet, for the authenticator. */
  | { readonly kind: 'transmit'; readonly adapter: AdapterHandle; readonly packet: Uint8Array }
  | { readonly kind: 'event'; readonly event: Extract<HostEvent, { kind: 'oneXIndicateResult' }> }
  | { readonly kind: 'note'; readonly adapter: AdapterHandle; readonly note: EapNote | PaeNote };

const { SUCCESS, FAILURE, IN_PROGRESS } = OneXResult.codes;
const STATUS = OneXAuthStatus.codes;
const NO_REASON = L2Reason.codes.SUCCESS;
const HALF = 32;
/** R112: a key of no length is no key. */
const noKey = (): Secret => Secret.of(new Uint8Array(0));

const withoutKeys = (status: number, reason: number): OneXParameters => ({
  status,
  reason,
  sendKey: noKey(),
  receiveKey: noKey(),
});

const broken = failureOf(eapFault('malformed', 'the 802.1X module broke down'), false);
const nobody = failureOf(eapFault('noCredential', 'there is nothing this adapter could authenticate with'), false);

/** The supplicant of one adapter, as the interface knows it. */
class OneXAdapter {
  readonly #deps: OneXModuleDeps;
  readonly #adapter: AdapterHandle;
  readonly #out: Subscriber<OneXOutput>;
  readonly #order$ = new Subject<PaeOrder>();
  readonly #subscription: Subscription;
  #generation: number | undefined;

  constructor(deps: OneXModuleDeps, adapter: AdapterHandle, out: Subscriber<OneXOutput>) {
    this.#deps = deps;
    this.#adapter = adapter;
    this.#out = out;
    const { scheduler, pae } = deps;
    const event$ = this.#order$.pipe(supplicant({ peer: () => this.#peer(), scheduler, ...(pae && { pae }) }));
    this.#subscription = event$.subscribe({
      next: (event) => this.#tell(event),
      error: () => this.#conclude(broken),
    });
    out.add(this.#subscription);
  }

  /** A port of its own generation is another link than the one before. */
  start({ generation }: EffectOf<'startOneX'>): void {
    const isNewPort = generation !== this.#generation;
    this.#generation = generation;
    if (this.#peer() === undefined) this.#conclude(nobody);
    else this.#order$.next({ kind: 'start', isNewPort });
  }

  /** What the interface hands over begins with the packet type (R107); of the version nothing depends (IEEE 802.1X-2020 11.3.1). */
  process({ packet }: EffectOf<'processOneXPacket'>): void {
    const whole = new Uint8Array(packet.length + 1);
    whole.set(packet, 1);
    this.#order$.next({ kind: 'packet', packet: whole });
  }

  logOff(): void {
    this.#order$.next({ kind: 'logoff' });
  }

  stop(): void {
    this.#out.remove(this.#subscription);
    this.#subscription.unsubscribe();
  }

  #peer(): EapPeerDeps | undefined {
    const found = tryCatch(
      () => this.#deps.supplicantFor(this.#adapter),
      () => undefined,
    );
    return isRight(found) ? found.right : undefined;
  }

  #tell(event: SupplicantEvent): void {
    const adapter = this.#adapter;
    switch (event.do) {
      case 'transmit':
        this.#out.next({ kind: 'transmit', adapter, packet: event.packet });
        break;
      case 'report':
        this.#out.next({ kind: 'note', adapter, note: event.note });
        break;
      case 'result':
        this.#conclude(event);
    }
  }

  #conclude(result: PaeResult): void {
    switch (result.result) {
      case 'inProgress':
        this.#indicate(IN_PROGRESS, withoutKeys(STATUS.IN_PROGRESS, NO_REASON));
        break;
      case 'failure':
        this.#indicate(FAILURE, withoutKeys(result.status, result.reason));
        break;
      case 'success':
        this.#succeed(result.keys);
    }
  }

  /** A key that cannot be protected does not leave. */
  #succeed(keys: EapKeys | undefined): void {
    const parameters = tryCatch(
      () => this.#withKeys(keys),
      () => broken,
    );
    zeroiseKeys(keys);
    if (isRight(parameters)) this.#indicate(SUCCESS, parameters.right);
    else this.#conclude(parameters.left);
  }

  #indicate(result: number, parameters: OneXParameters): void {
    const adapter = this.#adapter;
    this.#out.next({ kind: 'event', event: { kind: 'oneXIndicateResult', adapter, result, parameters } });
  }

  /** The halves of the MSK (R113). */
  #withKeys(keys: EapKeys | undefined): OneXParameters {
    if (keys === undefined) return withoutKeys(STATUS.SUCCESS, NO_REASON);
    const [sendKey, receiveKey] = [this.#half(keys.msk, 0), this.#half(keys.msk, HALF)];
    return { status: STATUS.SUCCESS, reason: NO_REASON, sendKey, receiveKey };
  }

  #half(msk: Secret, start: number): Secret {
    const half = Secret.of(msk.reveal(), start, start + HALF);
    try {
      return this.#deps.protect(half);
    } finally {
      half.zeroise();
    }
  }
}

/** The adapters of one subscription: a run each. */
class RunningModule {
  readonly #deps: OneXModuleDeps;
  readonly #out: Subscriber<OneXOutput>;
  readonly #adapters = new Map<AdapterHandle, OneXAdapter>();

  constructor(deps: OneXModuleDeps, out: Subscriber<OneXOutput>) {
    this.#deps = deps;
    this.#out = out;
  }

  obey(order: OneXOrder): void {
    switch (order.kind) {
      case 'startOneX':
        this.#adapterOf(order.adapter).start(order);
        break;
      case 'processOneXPacket':
        this.#adapters.get(order.adapter)?.process(order);
        break;
      case 'logoffOneX':
        this.#adapters.get(order.adapter)?.logOff();
        break;
      case 'stopOneX':
      case 'adapterReset':
      case 'deinitAdapter':
        this.#stop(order.adapter);
        break;
      case 'deinitService':
        for (const adapter of [...this.#adapters.keys()]) this.#stop(adapter);
        break;
      default:
    }
  }

  #stop(adapter: AdapterHandle): void {
    this.#adapters.get(adapter)?.stop();
    this.#adapters.delete(adapter);
  }

  #adapterOf(handle: AdapterHandle): OneXAdapter {
    const present = this.#adapters.get(handle);
    if (present !== undefined) return present;
    const made = new OneXAdapter(this.#deps, handle, this.#out);
    this.#adapters.set(handle, made);
    return made;
  }
}

/**
 * The 802.1X module of a host, of our own: it does what `startOneX`, `processOneXPacket` and `stopOneX` ask for, and answers with
 * packets for the authenticator and `oneXIndicateResult` for the engine. Other effects are none of its business. An adapter that is
 * reset or removed takes its run along, if the module is told.
 *
 * One run an adapter at a time. A stop ends it at once, with its TLS sessions, timers and secrets, and nothing is said after it.
 * How a link fared is remembered until it is stopped or another comes: after a refusal the module rests before it begins again.
 *
 * @example
 * const keys = protectedKeys();
 * merge(engine.events$.pipe(filter(isTerminator)), engine.effects$).pipe(
 *   oneXModule({ supplicantFor: () => eap, scheduler: engine.scheduler, protect: keys.protect }),
 * );
 *
 * @since 0.2.0
 */
export const oneXModule =
  (deps: OneXModuleDeps): OperatorFunction<OneXOrder, OneXOutput> =>
  (order$) =>
    new Observable((out) => {
      const running = new RunningModule(deps, out);
      return order$.subscribe({
        next: (order) => running.obey(order),
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    });

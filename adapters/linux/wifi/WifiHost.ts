import { randomBytes } from 'node:crypto';
import { type Observable, type SchedulerLike, Subject, Subscription } from 'rxjs';
import { type EapNote, open, type PaeNote, type PortBelief, passphraseToPmk, rsnMethods } from '../../../operators/core/index.js';
import {
  createEngine,
  type EapPeerDeps,
  type Engine,
  type OneXOrder,
  type OneXOutput,
  oneXModule,
  portState,
} from '../../../operators/index.js';
import {
  type Effect,
  type EffectOf,
  type HostEvent,
  type MacAddress,
  Secret,
  type SecretRequest,
  Win32,
} from '../../../streams/events/index.js';
import { driving, HostShims, LiveClock, protectedKeys, type Sink } from '../../../streams/sources/index.js';
import { nodeCrypto, rememberingPassphrases } from '../../crypto/index.js';
import { createRecordedEngine } from '../../event-log/createRecordedEngine.js';
import type { LinuxFault } from '../LinuxFault.js';
import { KnownKeys } from './KnownKeys.js';
import type { Radio, RadioHappening } from './Radio.js';

export interface WifiHostOptions {
  readonly radio: Radio;
  readonly passphrase?: Secret;
  /** With what it authenticates by 802.1X; asked for each authentication anew. */
  readonly peer?: () => EapPeerDeps | undefined;
  /** A PMK of 802.1X is offered to other access points of its network too (opportunistic key caching). */
  readonly cachesOpportunistically?: boolean;
  /** Takes one line of the event log at a time; there is no secret in it, unless that is wanted. */
  readonly record?: (line: string) => void;
  /** A log can be replayed only with its secrets. */
  readonly recordsSecrets?: boolean;
  /** Draws the octets of nonces; the system's by default. */
  readonly entropy?: (length: number) => Uint8Array;
  readonly scheduler: SchedulerLike;
}

/** What can be seen of an engine and its host. */
export type HostSight =
  | { readonly kind: 'trouble'; readonly fault: LinuxFault }
  /** A whole EAPOL packet. */
  | { readonly kind: 'packet'; readonly dir: 'in' | 'out'; readonly packet: Uint8Array; readonly isProtected?: boolean }
  /** What the engine is told, and what it does. */
  | { readonly kind: 'told'; readonly event: HostEvent }
  | { readonly kind: 'done'; readonly effect: Effect }
  | { readonly kind: 'note'; readonly note: EapNote | PaeNote }
  | { readonly kind: 'port'; readonly port: PortBelief };

export type HostCall = Extract<RadioHappening, { kind: 'call' }>['call'];

/** Whoever has a host is told of everything, and of what matters to him in particular. */
export interface HostListener {
  readonly see: (sight: HostSight) => void;
  /** `isCarriedOut`: what a success means was done, the port is open. */
  readonly completed: (completion: EffectOf<'postAssociateCompletion'>, isCarriedOut: boolean) => void;
  /** What never should happen. */
  readonly broke: (error: unknown) => void;
}

const { ERROR_SUCCESS } = Win32.codes;

/** The host of an engine: it hands over what a radio tells, carries out what the engine wants, and has an 802.1X module beside. */
export class WifiHost {
  readonly known: KnownKeys;
  readonly #options: WifiHostOptions;
  readonly #listener: HostListener;
  readonly #engine: Engine;
  readonly #orders = new Subject<OneXOrder>();
  readonly #happenings = new Subject<HostEvent | Effect>();
  readonly #shims = new HostShims();
  readonly #keys = protectedKeys();
  readonly #crypto = rememberingPassphrases(nodeCrypto);
  readonly #running = new Subscription();
  #accessPoint: MacAddress | undefined;
  /** Whether the last completion was carried out. */
  #isCarriedOut = false;

  constructor(options: WifiHostOptions, listener: HostListener) {
    this.#options = options;
    this.#listener = listener;
    const { radio, scheduler, cachesOpportunistically: isOpportunistic = false } = options;
    this.known = new KnownKeys({ own: radio.station.address, now: () => scheduler.now(), isOpportunistic });
    this.#engine = this.#createEngine();
  }

  start(): void {
    const { events$, effects$, handlers, offer, scheduler } = this.#engine;
    const { peer = () => undefined } = this.#options;
    const module = oneXModule({ supplicantFor: peer, scheduler, protect: this.#keys.protect });
    const sink = driving(this.#createSink(), offer);
    this.#follow(this.#happenings.pipe(portState()), (port) => this.#listener.see({ kind: 'port', port }));
    this.#follow(this.#orders.pipe(module), (output) => this.#obey(output));
    this.#follow(events$, (event) => this.#tell({ kind: 'told', event }, event));
    this.#follow(effects$, (effect) => {
      this.#tell({ kind: 'done', effect }, effect);
      sink.next(effect);
      if (effect.kind === 'postAssociateCompletion') this.#listener.completed(effect, this.#isCarriedOut);
    });
    handlers.initService({ version: 0 });
  }

  /** A key takes its time to make of a passphrase, and message 2 should not wait for it. */
  prepareKey(ssid: Uint8Array): void {
    const { passphrase } = this.#options;
    if (passphrase !== undefined) passphraseToPmk(this.#crypto, passphrase.reveal(), ssid)?.fill(0);
  }

  /** A call of the host, and those it makes because of it. */
  call(call: HostCall): void {
    const { handlers, offer } = this.#engine;
    switch (call.kind) {
      case 'sendPacketCompletion':
        handlers.sendPacketCompletion(call);
        return;
      case 'receivePacket':
        this.#listener.see({ kind: 'packet', dir: 'in', packet: call.payload, isProtected: call.protected === true });
        handlers.receivePacket(call);
        return;
      case 'initAdapter':
        handlers.initAdapter(call);
        break;
      case 'deinitAdapter':
        handlers.deinitAdapter(call);
        break;
      default:
        if (call.kind === 'associationCompletion') this.known.associated(call.association);
        offer(call);
    }
    if (call.kind === 'associationStart') this.#begin(call.peer);
    for (const caused of this.#shims.see(call)) {
      if (caused.kind === 'performPostAssociate') handlers.performPostAssociate(caused);
      else handlers.stopPostAssociate(caused);
    }
  }

  #begin(accessPoint: MacAddress): void {
    this.#accessPoint = accessPoint;
    this.known.begin();
  }

  /** Whoever watches is told by the present time, and what is due by now comes first. */
  sync(): void {
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.sync();
  }

  /** The adapter is gone by now. */
  stop(): void {
    this.#engine.handlers.deinitService({});
    this.#running.unsubscribe();
    this.known.clear();
    this.#keys.clear();
    this.#crypto.forget();
    const { scheduler } = this.#engine;
    if (scheduler instanceof LiveClock) scheduler.stop();
  }

  #follow<A>(source: Observable<A>, next: (value: A) => void): void {
    this.#running.add(source.subscribe({ next, error: (error: unknown) => this.#listener.broke(error) }));
  }

  #createEngine(): Engine {
    const { record, recordsSecrets = false, scheduler } = this.#options;
    const methods = [...rsnMethods({ crypto: this.#crypto }), open];
    const secrets = (request: SecretRequest): Secret | undefined =>
      this.#keys.secrets(request) ?? this.#secret(request) ?? this.known.secrets(request);
    const options = { methods, scheduler, secrets };
    return record === undefined
      ? createEngine(options)
      : createRecordedEngine({ ...options, record: { write: record, secrets: recordsSecrets ? 'reveal' : 'redact' } });
  }

  #secret(request: SecretRequest): Secret | undefined {
    if (request.want === 'entropy') return Secret.of((this.#options.entropy ?? randomBytes)(request.length));
    return request.want === 'credential' ? this.#options.passphrase?.copy() : undefined;
  }

  #createSink(): Sink {
    const { radio } = this.#options;
    return (effect) => {
      switch (effect.kind) {
        case 'startOneX':
        case 'stopOneX':
        case 'processOneXPacket':
          this.#orders.next(effect);
          return ERROR_SUCCESS;
        case 'rememberPmk':
        case 'forgetPmk':
          return this.known.carryOut(effect);
        case 'postAssociateCompletion': {
          const answer = radio.sink(effect);
          this.#isCarriedOut = answer === ERROR_SUCCESS;
          return answer;
        }
        case 'sendPacket':
          this.#listener.see({ kind: 'packet', dir: 'out', packet: effect.payload });
          return radio.sink(effect);
        default:
          return radio.sink(effect);
      }
    };
  }

  #obey(output: OneXOutput): void {
    switch (output.kind) {
      case 'transmit':
        this.#transmit(output.packet);
        break;
      case 'note':
        this.#listener.see({ kind: 'note', note: output.note });
        break;
      case 'event': {
        const { kind: _, ...result } = output.event;
        this.#engine.handlers.oneXIndicateResult(result);
      }
    }
  }

  #transmit(packet: Uint8Array): void {
    if (this.#accessPoint === undefined) return;
    const sent = this.#options.radio.transmit(this.#accessPoint, packet);
    this.#listener.see(sent._tag === 'Right' ? { kind: 'packet', dir: 'out', packet } : { kind: 'trouble', fault: sent.left });
  }

  #tell(sight: HostSight, happening: HostEvent | Effect): void {
    this.#listener.see(sight);
    this.#happenings.next(happening);
  }
}

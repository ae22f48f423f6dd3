import { randomBytes } from 'node:crypto';
import type { SchedulerLike } from 'rxjs';
import { open, passphraseToPmk, rsnMethods } from '../../../operators/core/index.js';
import { type EapPeerDeps, oneXModule } from '../../../operators/index.js';
import { type EffectOf, type MacAddress, Secret, type SecretRequest, Win32 } from '../../../streams/events/index.js';
import { protectedKeys, type Sink } from '../../../streams/sources/index.js';
import { nodeCrypto, rememberingPassphrases } from '../../crypto/index.js';
import { EngineHost, type EngineSight, hostedEngine } from '../EngineHost.js';
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
  /** A whole EAPOL packet. */
  | { readonly kind: 'packet'; readonly dir: 'in' | 'out'; readonly packet: Uint8Array; readonly isProtected?: boolean }
  | Exclude<EngineSight, { kind: 'packet' }>;

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
  readonly #host: EngineHost;
  readonly #keys = protectedKeys();
  readonly #crypto = rememberingPassphrases(nodeCrypto);
  #accessPoint: MacAddress | undefined;
  /** Whether the last completion was carried out. */
  #isCarriedOut = false;

  constructor(options: WifiHostOptions, listener: HostListener) {
    const { radio, scheduler, record, recordsSecrets, cachesOpportunistically: isOpportunistic = false } = options;
    this.#options = options;
    this.#listener = listener;
    const told = radio.wiphy.keepsPmks === true ? radio.notePmk : () => {};
    this.known = new KnownKeys({ own: radio.station.address, now: () => scheduler.now(), isOpportunistic, told });
    const secrets = (request: SecretRequest): Secret | undefined =>
      this.#keys.secrets(request) ?? this.#secret(request) ?? this.known.secrets(request);
    const methods = [...rsnMethods({ crypto: this.#crypto, policy: { offloadsRekeys: radio.wiphy.rekeyOffload } }), open];
    this.#host = new EngineHost(hostedEngine({ methods, scheduler, secrets }, record, recordsSecrets));
  }

  start(): void {
    const { peer = () => undefined, radio, scheduler } = this.#options;
    const { see, completed, broke } = this.#listener;
    this.#host.start({
      module: oneXModule({ supplicantFor: peer, scheduler, protect: this.#keys.protect }),
      sink: this.#createSink(),
      transmit: (packet) => this.#accessPoint && radio.transmit(this.#accessPoint, packet),
      see,
      carriedOut: (effect) => {
        if (effect.kind === 'postAssociateCompletion') completed(effect, this.#isCarriedOut);
      },
      broke,
    });
  }

  /** A key takes its time to make of a passphrase, and message 2 should not wait for it. */
  prepareKey(ssid: Uint8Array): void {
    const { passphrase } = this.#options;
    if (passphrase !== undefined) passphraseToPmk(this.#crypto, passphrase.reveal(), ssid)?.fill(0);
  }

  /** A call of the host, and those it makes because of it. */
  call(call: HostCall): void {
    if (call.kind === 'associationCompletion') this.known.associated(call.association);
    if (call.kind === 'associationStart') this.#begin(call.peer);
    if (call.kind === 'receivePacket')
      this.#listener.see({ kind: 'packet', dir: 'in', packet: call.payload, isProtected: call.protected === true });
    this.#host.call(call);
  }

  #begin(accessPoint: MacAddress): void {
    this.#accessPoint = accessPoint;
    this.known.begin();
  }

  sync(): void {
    this.#host.sync();
  }

  /** The adapter is gone by now. */
  stop(): void {
    this.#host.stop();
    this.known.clear();
    this.#keys.clear();
    this.#crypto.forget();
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
          this.#host.order(effect);
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
}

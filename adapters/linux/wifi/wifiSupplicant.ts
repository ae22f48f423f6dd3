import type { Either } from 'fp-ts/lib/Either.js';
import { Observable, type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import { type EapFault, type SaeFailure, type SaePt, TRANSITION_DISABLE } from '../../../operators/core/index.js';
import { type EffectOf, equalBytes, L2Reason, type Secret, Win32 } from '../../../streams/events/index.js';
import { AkmSuite, readAssociationResponse, StatusCode } from '../../../streams/frames/index.js';
import { LiveClock } from '../../../streams/sources/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { LinkSecurity } from '../nl80211/requests.js';
import {
  corrected,
  delayAfter,
  endWords,
  type Failures,
  failedWith,
  failuresAfter,
  hopelessWords,
  noFailures,
  reasonToLeave,
  statusWords,
  suspectedBy,
} from './afterFailure.js';
import { raised } from './afterNotice.js';
import { type Candidate, chooseBss, type WantedNetwork } from './chooseBss.js';
import { type HandshakeSigns, noSigns, packetHeard, packetSent } from './HandshakeSigns.js';
import { FIRST_GROUP, OweExchange, oweGroupAfter } from './OweExchange.js';
import type { RadioHappening } from './Radio.js';
import { prepareSae, SaeExchange } from './SaeExchange.js';
import { saeWords } from './saeWords.js';
import type { WifiEvent } from './WifiEvent.js';
import { type HostCall, type HostSight, WifiHost, type WifiHostOptions } from './WifiHost.js';

export interface WifiSupplicantOptions extends Omit<WifiHostOptions, 'scheduler'> {
  readonly network: WantedNetwork;
  /** Real time by default. */
  readonly scheduler?: SchedulerLike;
}

export interface WifiSupplicant {
  /** Whoever subscribes starts it, and by unsubscribing stops it. It completes after `end`, and when it has given up. */
  readonly events$: Observable<WifiEvent>;
  /** Tells the access point that the station leaves, gives everything back, and completes. */
  readonly end: () => void;
  /** What the events are timed by. */
  readonly scheduler: SchedulerLike;
}

const PATIENCE_MS = 15_000;
const BUSY_DELAY_MS = 500;
const LEAVING = 3;
/** Whoever listens can invent them, and a driver asks for few names at a time. */
const MOST_HIDDEN = 2;
const PORT_FAILED = 'the port did not come up';
const ASSOCIATION_RESPONSE = 0x30000;
const UNSUPPORTED_GROUP = ASSOCIATION_RESPONSE + StatusCode.codes.UNSUPPORTED_FINITE_CYCLIC_GROUP;

/** The wish to be connected: it finds an access point, goes there, and comes back after a failure. */
class RunningSupplicant {
  readonly #options: WifiSupplicantOptions;
  readonly #scheduler: SchedulerLike;
  readonly #host: WifiHost;
  readonly #out: Subscriber<WifiEvent>;
  #timer = new Subscription();
  #phase: 'idle' | 'scanning' | 'connecting' | 'connected' = 'idle';
  #candidate: Candidate | undefined;
  #failures: Failures = noFailures;
  /** Since when it is connected. */
  #connectedAt: number | undefined;
  #signs: HandshakeSigns = noSigns;
  /** Why SAE has failed, until the association has. */
  #saeFault: string | undefined;
  /** Why the engine let its port fail, until the kernel has told that the network is left. */
  #failing: number | undefined;
  /** SAE before the association, and what of the password was computed for it. */
  #sae: SaeExchange | undefined;
  #owe: OweExchange | undefined;
  #pts: ReadonlyArray<SaePt> | undefined;
  /** What is wanted, and what the network itself has added to that. */
  #network: WantedNetwork;
  /** Names that are asked for beside it. */
  #hidden: ReadonlyArray<Uint8Array> = [];
  /** The group of OWE for access points that did not take the first. */
  readonly #oweGroups = new Map<string, number>();
  /** Why 802.1X has failed, until the association has. */
  #eapFault: EapFault | undefined;
  #isOver = false;

  constructor(options: WifiSupplicantOptions, scheduler: SchedulerLike, out: Subscriber<WifiEvent>) {
    this.#options = options;
    this.#scheduler = scheduler;
    this.#out = out;
    this.#network = options.network;
    const listener = {
      see: (sight: HostSight) => this.#seen(sight),
      broke: (error: unknown) => out.error(error),
      completed: (completion: EffectOf<'postAssociateCompletion'>, isCarriedOut: boolean) =>
        this.#completed(completion, isCarriedOut),
    };
    this.#host = new WifiHost({ ...options, scheduler }, listener);
    out.add(() => this.stop());
  }

  start(): void {
    const { radio, network } = this.#options;
    this.#host.start();
    const error = (fault: unknown): void => this.#out.error(fault);
    this.#out.add(radio.events$.subscribe({ next: (happening) => this.#see(happening), error }));
    this.#host.prepareKey(network.ssid);
    this.#seek();
  }

  end(): void {
    this.stop();
    this.#out.complete();
  }

  /** Ends what there is in the order a host would. */
  stop(): void {
    if (this.#isOver) return;
    this.#host.sync();
    this.#isOver = true;
    this.#timer.unsubscribe();
    this.#endExchange();
    for (const { element } of this.#pts ?? []) element.zeroise();
    this.#options.radio.leave();
    this.#host.stop();
  }

  #seen(sight: HostSight): void {
    this.#out.next(sight);
    if (sight.kind === 'note' && sight.note.kind === 'failed') this.#eapFault = sight.note.fault;
    if (sight.kind !== 'done' || sight.effect.kind !== 'sendNotification' || sight.effect.code !== TRANSITION_DISABLE) return;
    const more = raised(this.#network, sight.effect.data);
    if (more === undefined) return;
    this.#network = { ...this.#network, ...more };
    this.#out.next({ kind: 'raised', ...more });
  }

  #seek(): void {
    const { ssid, frequency } = this.#network;
    this.#phase = 'scanning';
    const ssids = [ssid, ...this.#hidden];
    const scanned = this.#options.radio.scan({ ssids, ...(frequency !== undefined && { frequencies: [frequency] }) });
    if (scanned._tag === 'Right') {
      this.#out.next({ kind: 'scanning' });
      this.#later(PATIENCE_MS, () => this.#failed('the radio did not end its scan'));
    } else if (scanned.left.code === 'EPERM') this.#giveUp(scanned.left.message);
    else if (scanned.left.code === 'EBUSY') this.#later(BUSY_DELAY_MS, () => this.#seek());
    else this.#failed(scanned.left.message);
  }

  #choose(): void {
    const { radio } = this.#options;
    const heard = radio.heard();
    if (heard._tag === 'Left') {
      this.#failed(heard.left.message);
      return;
    }
    const chosen = chooseBss(heard.right, this.#network, radio.wiphy);
    if (chosen._tag === 'Right') this.#connect(chosen.right);
    else if (this.#isNews(chosen.left.hidden)) this.#seek();
    else this.#failed(chosen.left.message);
  }

  /** Encrypted networks that open ones name are hidden: they answer to their names only. */
  #isNews(hidden: ReadonlyArray<Uint8Array>): boolean {
    const fresh = hidden.filter((ssid) => this.#hidden.every((known) => !equalBytes(known, ssid)));
    this.#hidden = [...this.#hidden, ...fresh].slice(-MOST_HIDDEN);
    return fresh.length > 0;
  }

  #connect(candidate: Candidate): void {
    const { radio } = this.#options;
    this.#candidate = candidate;
    this.#phase = 'connecting';
    this.#signs = noSigns;
    this.#out.next({ kind: 'chosen', candidate });
    this.#later(PATIENCE_MS, () => {
      radio.disconnect(LEAVING);
      radio.abandon();
      this.#failed('the access point did not answer');
    });
    const { passphrase } = this.#options;
    if (candidate.security?.akm === AkmSuite.codes.SAE && passphrase !== undefined) this.#authenticate(candidate, passphrase);
    else if (candidate.security?.akm === AkmSuite.codes.OWE) this.#encrypt(candidate, candidate.security);
    else this.#tellFault(radio.connect(candidate));
  }

  /** What the access point answers to our half of the exchange comes with the association. */
  #encrypt(candidate: Candidate, security: LinkSecurity): void {
    this.#owe = OweExchange.begin(this.#oweGroups.get(candidate.bss.bssid) ?? FIRST_GROUP);
    const extension = this.#owe?.element;
    const offered: Candidate = { ...candidate, security: { ...security, ...(extension && { extension }) } };
    this.#tellFault(this.#options.radio.connect(offered));
  }

  #authenticate(candidate: Candidate, password: Secret): void {
    const { radio } = this.#options;
    const { extension } = candidate.security ?? {};
    const { passwordIdentifier: identifier } = this.#network;
    if (extension !== undefined) this.#pts ??= prepareSae(candidate.bss.ssid, password, identifier);
    const world = {
      ...{ own: radio.station.address, password, scheduler: this.#scheduler, ...(identifier && { identifier }) },
      transmit: (body: Uint8Array) => this.#tellFault(radio.authenticate(candidate, body)),
      accepted: (pmk: Secret) => {
        this.#host.keep(pmk);
        this.#tellFault(radio.associate(candidate));
      },
      failed: (failure: SaeFailure) => this.#saeFailed(failure),
    };
    this.#sae = new SaeExchange(world, candidate, extension === undefined ? [] : (this.#pts ?? []));
    this.#sae.start();
  }

  #saeFailed({ reason }: SaeFailure): void {
    this.#failing = reason === 'wrongPassword' ? L2Reason.codes.MSMSEC_PSK_MISMATCH_SUSPECTED : undefined;
    this.#saeFault = saeWords(reason);
    this.#options.radio.abandon();
  }

  #endExchange(): void {
    this.#sae?.cancel();
    this.#sae = undefined;
    this.#owe?.cancel();
    this.#owe = undefined;
  }

  #tellFault(asked: Either<LinuxFault, void>): void {
    if (asked._tag === 'Left') this.#out.next({ kind: 'trouble', fault: asked.left });
  }

  /** An attempt has failed, or a connection has ended. */
  #failed(why: string, reason?: number): void {
    if (this.#isOver || this.#phase === 'idle') return;
    this.#phase = 'idle';
    this.#candidate = undefined;
    if (this.#connectedAt !== undefined)
      this.#failures = failuresAfter(this.#failures, this.#scheduler.now() - this.#connectedAt);
    this.#connectedAt = undefined;
    const fault = this.#eapFault;
    this.#eapFault = undefined;
    this.#failures = failedWith(this.#failures, reason, fault?.code);
    this.#out.next({ kind: 'failed', why, ...(reason !== undefined && { reason }), ...(fault && { fault }) });
    const hopeless = hopelessWords(this.#failures);
    if (hopeless === undefined) this.#wait(why);
    else this.#giveUp(hopeless);
  }

  /** The access point does not take our group of OWE: the next one, if there is one. */
  #proposeAnother(candidate: Candidate): boolean {
    const { bssid } = candidate.bss;
    const next = oweGroupAfter(this.#oweGroups.get(bssid) ?? FIRST_GROUP);
    if (next === undefined) this.#oweGroups.delete(bssid);
    else {
      this.#oweGroups.set(bssid, next);
      this.#later(0, () => this.#connect(candidate));
    }
    return next !== undefined;
  }

  #wait(why: string): void {
    const ms = delayAfter(this.#failures);
    this.#out.next({ kind: 'waiting', ms, why });
    this.#later(ms, () => this.#seek());
  }

  #giveUp(why: string): void {
    this.#timer.unsubscribe();
    this.#out.next({ kind: 'gaveUp', why });
    // Whoever is in the middle of a call has to be through with it.
    setImmediate(() => this.end());
  }

  #later(ms: number, run: () => void): void {
    this.#timer.unsubscribe();
    this.#timer = this.#scheduler.schedule(() => {
      if (!this.#isOver) run();
    }, ms);
  }

  #completed({ win32, reason }: EffectOf<'postAssociateCompletion'>, isCarriedOut: boolean): void {
    if (this.#isOver) return;
    if (win32 !== Win32.codes.ERROR_SUCCESS || !isCarriedOut) {
      this.#failing = win32 === Win32.codes.ERROR_SUCCESS ? L2Reason.codes.MSMSEC_NIC_FAILURE : corrected(reason, this.#signs);
      this.#options.radio.disconnect(reasonToLeave(this.#failing));
      return;
    }
    this.#connectedAt ??= this.#scheduler.now();
    this.#eapFault = undefined;
    this.#phase = 'connected';
    if (this.#candidate !== undefined) this.#out.next({ kind: 'connected', candidate: this.#candidate });
  }

  #see(happening: RadioHappening): void {
    if (!this.#isOver) this.#host.sync();
    switch (happening.kind) {
      case 'scanned':
        if (this.#phase === 'scanning') this.#choose();
        break;
      case 'authentication':
        if (happening.body !== undefined) this.#sae?.hear(happening.body);
        break;
      case 'trouble':
        this.#out.next(happening);
        break;
      case 'sent':
        this.#signs = packetSent(this.#signs, happening.isAcknowledged);
        break;
      case 'call':
        if (happening.call.kind === 'receivePacket') this.#signs = packetHeard(this.#signs, happening.call.payload);
        this.#prepare(happening.call);
        this.#host.call(happening.call);
        if (!this.#isOver) this.#follow(happening.call);
    }
  }

  /** The engine asks for the key as soon as it knows of the association. */
  #prepare(call: HostCall): void {
    if (call.kind !== 'associationCompletion' || this.#owe === undefined) return;
    const response = readAssociationResponse(call.association.response);
    const pmk =
      response._tag === 'Right' && call.association.status === 0 ? this.#owe.finish(response.right.elements) : undefined;
    if (pmk !== undefined) this.#host.keep(pmk);
  }

  #associated(status: number): void {
    const [reason, fault, candidate] = [this.#failing, this.#saeFault, this.#candidate];
    const isOwe = this.#owe !== undefined;
    this.#failing = undefined;
    this.#saeFault = undefined;
    this.#endExchange();
    if (status === UNSUPPORTED_GROUP && isOwe && candidate !== undefined && this.#proposeAnother(candidate)) return;
    if (status === 0) this.#timer.unsubscribe();
    else this.#failed(fault ?? statusWords(status), reason);
  }

  /** The association is over, or the handshake was; or the port had failed, and this follows from it. */
  #left(status: number): void {
    const failing = this.#failing;
    this.#failing = undefined;
    if (failing !== undefined) this.#failed(PORT_FAILED, failing);
    else if (this.#phase === 'connecting') this.#failed(endWords(status, this.#signs), suspectedBy(status, this.#signs));
    else this.#failed(statusWords(status));
  }

  /** What an indication means to the wish. */
  #follow(call: HostCall): void {
    switch (call.kind) {
      case 'associationCompletion':
        this.#associated(call.association.status);
        break;
      case 'disassociation': {
        this.#left(call.reason);
        break;
      }
      case 'deinitAdapter':
        this.#giveUp('the interface is gone');
        break;
      default:
    }
  }
}

/**
 * A supplicant for Wi-Fi, complete: an engine that runs the handshakes, a radio below it, an 802.1X module beside it, and a small
 * policy that finds an access point and comes back after a failure.
 *
 * @example
 * const { events$, end } = wifiSupplicant({ radio, network: { ssid, credentials: 'passphrase' }, passphrase });
 * events$.subscribe((event) => event.kind === 'connected' && console.log('connected'));
 * process.once('SIGINT', end);
 *
 * @since 0.2.0
 */
export const wifiSupplicant = (options: WifiSupplicantOptions): WifiSupplicant => {
  const { scheduler = new LiveClock() } = options;
  let running: RunningSupplicant | undefined;
  const events$ = new Observable<WifiEvent>((out) => {
    running = new RunningSupplicant(options, scheduler, out);
    running.start();
  });
  return { events$, end: () => running?.end(), scheduler };
};

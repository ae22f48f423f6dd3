import { Observable, type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import { type EapFault, type SaePt, TRANSITION_DISABLE } from '../../../operators/core/index.js';
import { AssocStatus, type EffectOf, L2Reason, type MacAddress, Win32 } from '../../../streams/events/index.js';
import { StatusCode } from '../../../streams/frames/index.js';
import { LiveClock } from '../../../streams/sources/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import { Attempt } from './Attempt.js';
import {
  corrected,
  delayAfter,
  endWords,
  type Failures,
  failedWith,
  failuresAfter,
  hopelessWords,
  noFailures,
  portWords,
  reasonToLeave,
  statusWords,
  suspectedBy,
} from './afterFailure.js';
import { raised } from './afterNotice.js';
import type { Candidate, WantedNetwork } from './chooseBss.js';
import { Finder } from './Finder.js';
import { type HandshakeSigns, noSigns, packetHeard, packetSent } from './HandshakeSigns.js';
import { OweGroups } from './OweGroups.js';
import { type Plan, planOf, type ShortPlan } from './planOf.js';
import type { RadioHappening } from './Radio.js';
import { prepareSae } from './SaeExchange.js';
import type { WifiEvent } from './WifiEvent.js';
import { type HostCall, type HostSight, WifiHost } from './WifiHost.js';
import type { WifiSupplicantOptions } from './WifiSupplicantOptions.js';

export interface WifiSupplicant {
  /** Whoever subscribes starts it, and by unsubscribing stops it. It completes after `end`, and when it has given up. */
  readonly events$: Observable<WifiEvent>;
  /** Tells the access point that the station leaves, gives everything back, and completes. */
  readonly end: () => void;
  /** Looks for another access point of the network, the loudest or this one, and goes there. Who is not connected looks anyway. */
  readonly roam: (bssid?: MacAddress) => void;
  /** What the events are timed by. */
  readonly scheduler: SchedulerLike;
}

const PATIENCE_MS = 15_000;
/** A connected station comes back to its channel between those of a scan. */
const LOOKING_MS = 60_000;
const BUSY_DELAY_MS = 500;
const LEAVING = 3;
const ASSOCIATION_RESPONSE = 0x30000;
const UNSUPPORTED_GROUP = ASSOCIATION_RESPONSE + StatusCode.codes.UNSUPPORTED_FINITE_CYCLIC_GROUP;

const comingFrom = (candidate: Candidate, from: MacAddress | undefined): Candidate =>
  from === undefined || from === candidate.bss.bssid ? candidate : { ...candidate, from };

/** The wish to be connected: it finds an access point, goes there, and comes back after a failure. */
class RunningSupplicant {
  readonly #options: WifiSupplicantOptions;
  readonly #scheduler: SchedulerLike;
  readonly #host: WifiHost;
  readonly #finder: Finder;
  readonly #out: Subscriber<WifiEvent>;
  #timer = new Subscription();
  /** `looking`: connected, and in search of another access point. */
  #phase: 'idle' | 'scanning' | 'connecting' | 'connected' | 'looking' = 'idle';
  #attempt: Attempt | undefined;
  #failures: Failures = noFailures;
  /** Since when it is connected. */
  #connectedAt: number | undefined;
  #signs: HandshakeSigns = noSigns;
  /** Why the engine let its port fail, until the kernel has told that the network is left. */
  #failing: number | undefined;
  /** The access point that was lost, and to which the station belongs still as far as others know. */
  #lost: MacAddress | undefined;
  /** Where to roam to, if anywhere in particular. */
  #destination: MacAddress | undefined;
  /** What of the password was computed for SAE. */
  #pts: ReadonlyArray<SaePt> | undefined;
  /** What is wanted, and what the network itself has added to that. */
  #network: WantedNetwork;
  readonly #oweGroups = new OweGroups();
  /** Why 802.1X has failed, until the association has. */
  #eapFault: EapFault | undefined;
  #isOn = true;
  #isOver = false;

  constructor(options: WifiSupplicantOptions, scheduler: SchedulerLike, out: Subscriber<WifiEvent>) {
    this.#options = options;
    this.#scheduler = scheduler;
    this.#out = out;
    this.#network = options.network;
    this.#finder = new Finder(options.radio);
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
    const [{ radio, network }, out] = [this.#options, this.#out];
    this.#host.start();
    out.add(radio.events$.subscribe({ next: (happening) => this.#see(happening), error: (fault: unknown) => out.error(fault) }));
    this.#host.prepareKey(network.ssid);
    if (this.#isOn) this.#seek();
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
    this.#attempt?.end();
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

  roam(bssid?: MacAddress): void {
    this.#host.sync();
    if (this.#isOver || this.#phase !== 'connected') return;
    this.#destination = bssid;
    this.#look(this.#finder.channelsOfOthers(this.#network));
  }

  /** Only where others of the network were heard lately, if they were: to leave for all channels takes a connected station long. */
  #look(frequencies: ReadonlyArray<number>): void {
    this.#phase = 'looking';
    const scanned = this.#scan(frequencies);
    if (scanned._tag === 'Right') this.#later(LOOKING_MS, () => this.#stay('the radio did not end its scan'));
    else if (scanned.left.code === 'EBUSY') this.#later(BUSY_DELAY_MS, () => this.#look(frequencies));
    else this.#stay(scanned.left.message);
  }

  #stay(why: string): void {
    this.#timer.unsubscribe();
    this.#phase = 'connected';
    this.#out.next({ kind: 'stayed', why });
  }

  #scan(known?: ReadonlyArray<number>): ReturnType<Finder['scan']> {
    const scanned = this.#finder.scan(this.#network, known);
    if (scanned._tag === 'Right') this.#out.next({ kind: 'scanning' });
    return scanned;
  }

  #seek(): void {
    this.#phase = 'scanning';
    const scanned = this.#scan();
    if (scanned._tag === 'Right') this.#later(PATIENCE_MS, () => this.#failed('the radio did not end its scan'));
    else if (scanned.left.code === 'EPERM') this.#giveUp(scanned.left.message);
    else if (scanned.left.code === 'EBUSY') this.#later(BUSY_DELAY_MS, () => this.#seek());
    else this.#failed(scanned.left.message);
  }

  #choose(): void {
    // One that was lost is in the list for a while, and answers no more.
    const other = this.#lost === undefined ? undefined : this.#finder.chooseOther(this.#network, this.#lost);
    const chosen = other?._tag === 'Right' ? other : this.#finder.choose(this.#network);
    if (chosen._tag === 'Right') this.#connect(this.#planOf(chosen.right));
    else if (chosen.left.asksAgain) this.#seek();
    else this.#failed(chosen.left.why);
  }

  /** From an access point that was lost there is a fast transition to another, or nothing short. */
  #planOf(candidate: Candidate): Plan {
    const { known } = this.#host;
    const plan = planOf(comingFrom(candidate, this.#lost), known);
    return plan.way === 'fastTransition' ? plan : planOf(candidate, known);
  }

  /** Of the others the loudest, or the one that is wanted. */
  #chooseOther(): void {
    const from = this.#attempt?.plan.candidate.bss.bssid;
    const wanted = this.#destination === undefined ? this.#network : { ...this.#network, bssid: this.#destination };
    const chosen = this.#finder.chooseOther(wanted, from);
    if (chosen._tag === 'Left') this.#stay(chosen.left.why);
    else this.#connect(planOf(comingFrom(chosen.right, from), this.#host.known));
  }

  #connect(plan: Plan): void {
    const { radio } = this.#options;
    const { candidate, way } = plan;
    this.#attempt?.end();
    this.#lost = undefined;
    const attempt = this.#attemptFor(plan);
    this.#attempt = attempt;
    this.#phase = 'connecting';
    this.#signs = noSigns;
    this.#out.next({ kind: 'chosen', candidate, way });
    this.#later(PATIENCE_MS, () => {
      radio.disconnect(LEAVING);
      radio.abandon();
      this.#failed('the access point did not answer');
    });
    attempt.start();
  }

  #attemptFor(plan: Plan): Attempt {
    const { radio, passphrase: password } = this.#options;
    const { passwordIdentifier: identifier } = this.#network;
    const world = {
      ...{ radio, known: this.#host.known, scheduler: this.#scheduler },
      ...(password && { password }),
      ...(identifier && { identifier }),
      oweGroup: this.#oweGroups.of(plan.candidate.bss.bssid),
      points: (ssid: Uint8Array) => {
        this.#pts ??= password === undefined ? [] : prepareSae(ssid, password, identifier);
        return this.#pts;
      },
      trouble: (fault: LinuxFault) => this.#out.next({ kind: 'trouble', fault }),
    };
    return new Attempt(world, plan);
  }

  /** An attempt has failed, or a connection has ended. */
  #failed(why: string, reason?: number): void {
    if (this.#isOver || this.#phase === 'idle') return;
    const attempt = this.#phase === 'connecting' ? this.#attempt : undefined;
    const plan = attempt?.plan;
    this.#phase = 'idle';
    this.#attempt?.end();
    this.#attempt = undefined;
    if (plan !== undefined && plan.way !== 'full') {
      this.#fallBack(plan, why, attempt?.fault?.isSilence === true);
      return;
    }
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

  /** What is not known there any more, or did not serve, is made anew: that says nothing of the passphrase. */
  #fallBack(plan: ShortPlan, why: string, isSilence: boolean): void {
    this.#out.next({ kind: 'fellBack', way: plan.way, why });
    if (plan.way === 'cached') this.#host.known.forget(plan.candidate, plan.pmkid);
    // Whoever is in the middle of a call has to be through with it.
    this.#later(0, () => (isSilence ? this.#seek() : this.#connect({ way: 'full', candidate: plan.candidate })));
  }

  #wait(why: string): void {
    if (!this.#isOn) return;
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
    this.#eapFault = undefined;
    if (this.#attempt === undefined) return;
    this.#connectedAt ??= this.#scheduler.now();
    this.#phase = 'connected';
    this.#attempt.succeed();
    this.#out.next({ kind: 'connected', candidate: this.#attempt.plan.candidate });
  }

  #see(happening: RadioHappening): void {
    if (!this.#isOver) this.#host.sync();
    switch (happening.kind) {
      case 'scanned':
        if (this.#phase === 'scanning') this.#choose();
        else if (this.#phase === 'looking') this.#chooseOther();
        break;
      case 'authentication':
        if (happening.from === undefined || happening.from === this.#attempt?.plan.candidate.bss.bssid)
          this.#attempt?.hear(happening.body);
        break;
      case 'switched':
        this.#switch(happening);
        break;
      case 'trouble':
        this.#out.next(happening);
        break;
      case 'sent':
        this.#signs = packetSent(this.#signs, happening.isAcknowledged);
        break;
      case 'call':
        if (happening.call.kind === 'receivePacket') this.#signs = packetHeard(this.#signs, happening.call.payload);
        if (happening.call.kind === 'associationCompletion') this.#attempt?.prepare(happening.call.association);
        this.#host.call(happening.call);
        if (!this.#isOver) this.#follow(happening.call);
    }
  }

  /** While the interface is off nothing is tried; what was up or under way the kernel ends by itself. */
  #switch(event: Extract<RadioHappening, { kind: 'switched' }>): void {
    this.#out.next(event);
    this.#isOn = event.isOn;
    if (this.#isOver || (this.#phase !== 'scanning' && this.#phase !== 'idle')) return;
    this.#timer.unsubscribe();
    this.#phase = 'idle';
    if (event.isOn) this.#seek();
  }

  #associated(status: number): void {
    const { fault, usesOwe = false, plan } = this.#attempt ?? {};
    this.#failing = undefined;
    this.#attempt?.settle();
    const isOtherGroup = status === UNSUPPORTED_GROUP && usesOwe && plan !== undefined;
    if (status === 0) this.#timer.unsubscribe();
    else if (isOtherGroup && this.#oweGroups.refused(plan.candidate.bss.bssid))
      this.#later(0, () => this.#connect({ way: 'full', candidate: plan.candidate }));
    else this.#failed(fault?.why ?? statusWords(status), fault?.reason);
  }

  /** The association is over, or the handshake was; or the port had failed, and this follows from it. */
  #left(status: number): void {
    const failing = this.#failing;
    this.#failing = undefined;
    if (failing !== undefined) this.#failed(portWords(failing, this.#signs), failing);
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
        this.#lost = call.reason === AssocStatus.codes.UNREACHABLE && this.#failing === undefined ? call.peer : undefined;
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
  return { events$, end: () => running?.end(), roam: (bssid) => running?.roam(bssid), scheduler };
};

import { type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import { TRANSITION_DISABLE } from '../../../operators/core/index.js';
import { AssocStatus, type EffectOf, type MacAddress, Win32 } from '../../../streams/events/index.js';
import { StatusCode } from '../../../streams/frames/index.js';
import type { LinuxFault } from '../LinuxFault.js';
import type { Attempt } from './Attempt.js';
import { Attempts } from './Attempts.js';
import { isSentAway, reasonToLeave, statusWords } from './afterFailure.js';
import { raised } from './afterNotice.js';
import { afterEnd, type Course, type End, endOf, newCourse, portFailed, portOpened, type Sequel, settled } from './Course.js';
import type { Candidate, WantedNetwork } from './chooseBss.js';
import { Finder } from './Finder.js';
import { type HandshakeSigns, noSigns, packetHeard, packetSent } from './HandshakeSigns.js';
import type { Plan, ShortPlan } from './planOf.js';
import type { RadioHappening } from './Radio.js';
import type { Search } from './stretches.js';
import type { WifiEvent } from './WifiEvent.js';
import { type HostCall, type HostSight, WifiHost } from './WifiHost.js';
import type { WifiSupplicantOptions } from './WifiSupplicantOptions.js';

const PATIENCE_MS = 15_000;
/** A connected station comes back to its channel between those of a scan. */
const LOOKING_MS = 60_000;
const BUSY_DELAY_MS = 500;
const LEAVING = 3;
const ASSOCIATION_RESPONSE = 0x30000;
const UNSUPPORTED_GROUP = ASSOCIATION_RESPONSE + StatusCode.codes.UNSUPPORTED_FINITE_CYCLIC_GROUP;

/** The wish to be connected: it finds an access point, goes there, and comes back after a failure. */
export class RunningSupplicant {
  readonly #options: WifiSupplicantOptions;
  readonly #scheduler: SchedulerLike;
  readonly #host: WifiHost;
  readonly #finder: Finder;
  readonly #attempts: Attempts;
  readonly #out: Subscriber<WifiEvent>;
  #timer = new Subscription();
  /** `looking`: connected, and in search of another access point. */
  #phase: 'idle' | 'scanning' | 'connecting' | 'connected' | 'looking' = 'idle';
  #attempt: Attempt | undefined;
  #course: Course = newCourse;
  /** The access point that was lost, and to which the station belongs still as far as others know. */
  #lost: MacAddress | undefined;
  /** The access point that has sent the station away. */
  #shunned: MacAddress | undefined;
  /** The channel of the last access point that was gone to. */
  #home: number | undefined;
  /** What is to be done when the interface is on. */
  #search: Search = 'first';
  /** Where to roam to, if anywhere in particular. */
  #destination: MacAddress | undefined;
  /** What is wanted, and what the network itself has added to that. */
  #network: WantedNetwork;
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
    const { radio, passphrase: password, network } = options;
    this.#attempts = new Attempts({
      ...{ radio, known: this.#host.known, scheduler },
      ...(password && { password }),
      ...(network.passwordIdentifier && { identifier: network.passwordIdentifier }),
      trouble: (fault: LinuxFault) => out.next({ kind: 'trouble', fault }),
    });
    out.add(() => this.stop());
  }

  start(): void {
    const [{ radio, network }, out] = [this.#options, this.#out];
    this.#host.start();
    out.add(radio.events$.subscribe({ next: (happening) => this.#see(happening), error: (fault: unknown) => out.error(fault) }));
    this.#host.prepareKey(network.ssid);
    if (this.#isOn) this.#seek('first');
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
    this.#attempts.clear();
    this.#options.radio.leave();
    this.#host.stop();
  }

  #seen(sight: HostSight): void {
    this.#out.next(sight);
    if (sight.kind === 'note' && sight.note.kind === 'failed') this.#course = { ...this.#course, eapFault: sight.note.fault };
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
    const scanned = this.#finder.listen(this.#network, frequencies);
    if (scanned._tag === 'Right') {
      this.#listening(frequencies);
      this.#later(LOOKING_MS, () => this.#stay(this.#endScan()));
    } else if (scanned.left.code === 'EBUSY') this.#later(BUSY_DELAY_MS, () => this.#look(frequencies));
    else this.#stay(scanned.left.message);
  }

  #stay(why: string): void {
    this.#timer.unsubscribe();
    this.#phase = 'connected';
    this.#out.next({ kind: 'stayed', why });
  }

  #listening(frequencies: ReadonlyArray<number>): void {
    this.#out.next({ kind: 'scanning', ...(frequencies.length > 0 && { frequencies }) });
  }

  #seek(search: Search): void {
    this.#search = search;
    this.#finder.begin(search, this.#network, this.#home);
    this.#scan();
  }

  #scan(): void {
    this.#phase = 'scanning';
    const scanned = this.#finder.scan(this.#network);
    if (scanned._tag === 'Right') {
      this.#listening(scanned.right);
      this.#later(PATIENCE_MS, () => this.#failed({ why: this.#endScan() }));
    } else if (scanned.left.code === 'EPERM') this.#giveUp(scanned.left.message);
    else if (scanned.left.code === 'EBUSY') this.#later(BUSY_DELAY_MS, () => this.#scan());
    else this.#failed({ why: scanned.left.message });
  }

  /** As long as it goes on the radio takes no other. */
  #endScan(): string {
    this.#options.radio.endScan();
    return 'the radio did not end its scan';
  }

  #choose(): void {
    // One that was lost is in the list for a while, and answers no more.
    const chosen = this.#finder.choose(this.#network, this.#lost ?? this.#shunned);
    if (chosen._tag === 'Right') this.#connect(this.#attempts.returning(chosen.right, this.#lost));
    else if (chosen.left.goesOn) this.#scan();
    else this.#failed({ why: chosen.left.why });
  }

  /** Of the others the loudest, or the one that is wanted. */
  #chooseOther(): void {
    const from = this.#attempt?.plan.candidate.bss.bssid;
    const wanted = this.#destination === undefined ? this.#network : { ...this.#network, bssid: this.#destination };
    const chosen = this.#finder.chooseOther(wanted, from);
    if (chosen._tag === 'Left') this.#stay(chosen.left.why);
    else this.#connect(this.#attempts.roaming(chosen.right, from));
  }

  #connect(plan: Plan): void {
    const { radio } = this.#options;
    const attempt = this.#begin(plan);
    this.#out.next({ kind: 'chosen', candidate: plan.candidate, way: plan.way });
    this.#later(PATIENCE_MS, () => {
      radio.disconnect(LEAVING);
      radio.abandon();
      this.#failed({ why: 'the access point did not answer' });
    });
    attempt.start();
  }

  #begin(plan: Plan): Attempt {
    this.#attempt?.end();
    this.#lost = undefined;
    this.#shunned = undefined;
    const attempt = this.#attempts.attempt(plan);
    this.#attempt = attempt;
    this.#home = plan.candidate.bss.frequency;
    this.#phase = 'connecting';
    this.#sign(noSigns);
    return attempt;
  }

  /** The driver is there already; what is left is the handshake. */
  #roamed(candidate: Candidate): void {
    this.#begin({ way: 'full', candidate });
    this.#finder.moved(candidate.bss.bssid, candidate.bss.frequency);
    this.#out.next({ kind: 'chosen', candidate, way: 'driver' });
  }

  /** An attempt has failed, or a connection has ended. */
  #failed(end: End): void {
    if (this.#isOver || this.#phase === 'idle') return;
    const attempt = this.#phase === 'connecting' ? this.#attempt : undefined;
    const plan = attempt?.plan;
    this.#phase = 'idle';
    this.#attempt?.end();
    this.#attempt = undefined;
    if (plan !== undefined && plan.way !== 'full') {
      this.#fallBack(plan, end.why, attempt?.fault?.isSilence === true);
      return;
    }
    const { why, reason } = end;
    const { course, fault, sequel } = afterEnd(this.#course, end, this.#scheduler.now());
    this.#course = course;
    this.#out.next({ kind: 'failed', why, ...(reason !== undefined && { reason }), ...(fault && { fault }) });
    if (sequel.kind === 'seek') this.#wait(sequel, why);
    else this.#giveUp(sequel.why);
  }

  /** What is not known there any more, or did not serve, is made anew: that says nothing of the passphrase. */
  #fallBack(plan: ShortPlan, why: string, isSilence: boolean): void {
    this.#out.next({ kind: 'fellBack', way: plan.way, why });
    if (plan.way === 'cached') this.#host.known.forget(plan.candidate, plan.pmkid);
    // Whoever is in the middle of a call has to be through with it.
    this.#later(0, () => (isSilence ? this.#seek('all') : this.#connect({ way: 'full', candidate: plan.candidate })));
  }

  #wait({ ms, search }: Extract<Sequel, { kind: 'seek' }>, why: string): void {
    this.#search = search;
    if (!this.#isOn) return;
    if (ms > 0) this.#out.next({ kind: 'waiting', ms, why });
    this.#later(ms, () => this.#seek(search));
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
    const isSuccess = win32 === Win32.codes.ERROR_SUCCESS;
    if (!isSuccess || !isCarriedOut) {
      this.#course = portFailed(this.#course, isSuccess ? undefined : reason);
      this.#options.radio.disconnect(reasonToLeave(this.#course.failing ?? 0));
      return;
    }
    if (this.#attempt === undefined) return;
    this.#course = portOpened(this.#course, this.#scheduler.now());
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
      case 'channel':
        this.#moved(happening);
        break;
      case 'roamed':
        this.#roamed(happening.candidate);
        break;
      case 'trouble':
        this.#out.next(happening);
        break;
      case 'sent':
        this.#sign(packetSent(this.#course.signs, happening.isAcknowledged));
        break;
      case 'call':
        if (happening.call.kind === 'receivePacket') this.#sign(packetHeard(this.#course.signs, happening.call.payload));
        if (happening.call.kind === 'associationCompletion') this.#attempt?.prepare(happening.call.association);
        this.#host.call(happening.call);
        if (!this.#isOver) this.#follow(happening.call);
    }
  }

  #sign(signs: HandshakeSigns): void {
    this.#course = { ...this.#course, signs };
  }

  /** The access point has taken the station along: there it is looked for when it is lost. */
  #moved(event: Extract<RadioHappening, { kind: 'channel' }>): void {
    const { frequency } = event;
    if (this.#attempt === undefined || frequency === this.#home) return;
    this.#home = frequency;
    this.#finder.moved(this.#attempt.plan.candidate.bss.bssid, frequency);
    this.#out.next(event);
  }

  /** While the interface is off nothing is tried; what was up or under way the kernel ends by itself. */
  #switch(event: Extract<RadioHappening, { kind: 'switched' }>): void {
    this.#out.next(event);
    this.#isOn = event.isOn;
    if (this.#isOver || (this.#phase !== 'scanning' && this.#phase !== 'idle')) return;
    this.#timer.unsubscribe();
    this.#phase = 'idle';
    if (event.isOn) this.#seek(this.#search);
  }

  #associated(status: number): void {
    const attempt = this.#attempt;
    this.#course = settled(this.#course);
    const isOtherGroup = status === UNSUPPORTED_GROUP && attempt !== undefined && this.#attempts.hasOtherGroup(attempt);
    attempt?.settle();
    if (status === 0) this.#timer.unsubscribe();
    else if (isOtherGroup) this.#later(0, () => this.#connect({ way: 'full', candidate: attempt.plan.candidate }));
    else {
      const { why = statusWords(status), reason } = attempt?.fault ?? {};
      this.#failed({ why, ...(reason !== undefined && { reason }) });
    }
  }

  /** Whom not to go back to, if there is anybody else. */
  #miss(peer: MacAddress, status: number): void {
    this.#lost = status === AssocStatus.codes.UNREACHABLE && this.#course.failing === undefined ? peer : undefined;
    this.#shunned = isSentAway(status) && this.#phase !== 'connecting' ? peer : undefined;
  }

  #left(status: number): void {
    const end = endOf(this.#course, status, this.#phase !== 'connecting');
    this.#course = settled(this.#course);
    this.#failed(end);
  }

  /** What an indication means to the wish. */
  #follow(call: HostCall): void {
    switch (call.kind) {
      case 'associationCompletion':
        this.#associated(call.association.status);
        break;
      case 'disassociation':
        this.#miss(call.peer, call.reason);
        this.#left(call.reason);
        break;
      case 'deinitAdapter':
        this.#giveUp('the interface is gone');
        break;
      default:
    }
  }
}

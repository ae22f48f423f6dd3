import { Observable, type OperatorFunction, type SchedulerLike, Subject, type Subscriber, Subscription } from 'rxjs';
import {
  createPae,
  type EapKeys,
  eapFault,
  type Pae,
  type PaeInput,
  type PaeOptions,
  type PaeOrder,
  type PaeOutput,
  type PaeState,
  type PaeTimer,
  type PeerWord,
} from './core/index.js';
import { type EapPeerDeps, type EapPeerSignal, eapPeer } from './eapPeer.js';

export interface SupplicantDeps {
  /** With what the next authentication is done; nothing when there is nothing left to do it with. */
  readonly peer: () => EapPeerDeps | undefined;
  /** All time there is (R262). */
  readonly scheduler: SchedulerLike;
  readonly pae?: PaeOptions;
}

/** What a supplicant says: EAPOL packets, notes, and how its runs go. */
export type SupplicantEvent = Extract<PaeOutput, { do: 'transmit' | 'report' | 'result' }>;

const broken = eapFault('malformed', 'the EAP peer broke down');
const nobody = eapFault('noCredential', 'there is nothing to authenticate with');

export const zeroiseKeys = (keys: EapKeys | undefined): void => {
  keys?.msk.zeroise();
  keys?.emsk?.zeroise();
};

/** The EAP peer of the authentication under way. */
interface RunningEap {
  readonly signal$: Subject<EapPeerSignal>;
  readonly subscription: Subscription;
}

interface Waiting {
  readonly input: PaeInput;
  /** Of what an EAP peer said. */
  readonly from: RunningEap | undefined;
}

const destroy = (input: PaeInput): void => {
  if (input.kind === 'eap' && input.word.do === 'succeed') zeroiseKeys(input.word.keys);
};

const abandon = (output: PaeOutput): void => {
  if (output.do === 'result' && output.result === 'success') zeroiseKeys(output.keys);
};

/** Feeds the pure machine one input at a time, and runs its timers and its EAP peer. */
class RunningSupplicant {
  readonly #pae: Pae;
  readonly #deps: SupplicantDeps;
  readonly #out: Subscriber<SupplicantEvent>;
  readonly #timers = new Map<PaeTimer, Subscription>();
  readonly #waiting: Waiting[] = [];
  #state: PaeState;
  #eap: RunningEap | undefined;
  #isAtWork = false;
  #stops = 0;

  constructor(deps: SupplicantDeps, out: Subscriber<SupplicantEvent>) {
    this.#deps = deps;
    this.#out = out;
    this.#pae = createPae(deps.pae);
    this.#state = this.#pae.initial;
    out.add(() => this.#end());
  }

  /** A stop takes effect at once, from wherever it comes, and takes along what waits (R117). */
  feed(input: PaeInput, from?: RunningEap): void {
    if (input.kind === 'stop') {
      for (const { input: waiting } of this.#waiting.splice(0)) destroy(waiting);
      this.#stops++;
      this.#step(input);
      return;
    }
    this.#waiting.push({ input, from });
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#take(next);
    this.#isAtWork = false;
  }

  /** What a peer said that has ended since then is not said. */
  #take({ input, from }: Waiting): void {
    if (this.#out.closed || (from !== undefined && from !== this.#eap)) destroy(input);
    else this.#step(input);
  }

  #step(input: PaeInput): void {
    const { state, effects } = this.#pae.step(this.#state, input);
    this.#state = state;
    const stops = this.#stops;
    for (const output of effects) {
      if (this.#out.closed || stops !== this.#stops) abandon(output);
      else this.#act(output);
    }
  }

  #act(output: PaeOutput): void {
    switch (output.do) {
      case 'beginEap':
        this.#beginEap();
        break;
      case 'feedEap':
        this.#eap?.signal$.next(output.input);
        break;
      case 'endEap':
        this.#endEap();
        break;
      case 'setTimer':
        this.#setTimer(output.name, output.ms);
        break;
      case 'clearTimer':
        this.#clearTimer(output.name);
        break;
      default:
        this.#out.next(output);
    }
  }

  #beginEap(): void {
    this.#endEap();
    const eap: RunningEap = { signal$: new Subject(), subscription: new Subscription() };
    this.#eap = eap;
    const say = (word: PeerWord) => this.feed({ kind: 'eap', word }, eap);
    const peer = this.#deps.peer();
    if (peer === undefined) say({ do: 'fail', fault: nobody });
    else
      eap.subscription.add(
        eap.signal$.pipe(eapPeer(peer)).subscribe({ next: say, error: () => say({ do: 'fail', fault: broken }) }),
      );
  }

  #endEap(): void {
    this.#eap?.subscription.unsubscribe();
    this.#eap = undefined;
  }

  #setTimer(name: PaeTimer, ms: number): void {
    this.#clearTimer(name);
    this.#timers.set(
      name,
      this.#deps.scheduler.schedule(() => this.#expire(name), ms),
    );
  }

  #expire(name: PaeTimer): void {
    this.#clearTimer(name);
    this.feed({ kind: 'timer', name });
  }

  #clearTimer(name: PaeTimer): void {
    this.#timers.get(name)?.unsubscribe();
    this.#timers.delete(name);
  }

  #end(): void {
    this.#endEap();
    for (const name of [...this.#timers.keys()]) this.#clearTimer(name);
  }
}

/**
 * A supplicant of IEEE 802.1X: what is asked of it and EAPOL packets in, EAPOL packets, notes and results out. It lives on after
 * a result, since the server may ask again. Whoever unsubscribes ends it at once, its timers and TLS sessions along with it.
 *
 * @example
 * orders$.pipe(supplicant({ peer: () => eap, scheduler }))
 *
 * @since 0.2.0
 */
export const supplicant =
  (deps: SupplicantDeps): OperatorFunction<PaeOrder, SupplicantEvent> =>
  (order$) =>
    new Observable((out) => {
      const running = new RunningSupplicant(deps, out);
      return order$.subscribe({
        next: (order) => running.feed(order),
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    });

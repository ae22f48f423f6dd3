import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import type { Secret } from '../streams/events/index.js';
import {
  createPeer,
  type EapPeer,
  eapFault,
  type OpenTls,
  type PeerInput,
  type PeerOptions,
  type PeerOutput,
  type PeerState,
  type TlsSession,
  type TlsTurn,
} from './core/index.js';

/** What a method wants to know of a person, in the words of the server where it has some. */
export interface EapQuestion {
  readonly want: 'password' | 'token';
  readonly message: string;
}

export interface EapPeerDeps {
  readonly options: PeerOptions;
  readonly openTls: OpenTls;
  /** Asks a person; without it there is nobody to ask. */
  readonly ask?: (question: EapQuestion) => Promise<Secret | undefined>;
}

/** What an EAP peer says: packets, notes, and at the end one result. */
export type EapPeerEvent = Exclude<PeerOutput, { do: 'tls' } | { do: 'ask' } | { do: 'meanwhile' }>;

export type EapPeerSignal = Extract<PeerInput, { kind: 'packet' | 'timeout' }>;

type Of<K extends PeerOutput['do']> = Extract<PeerOutput, { do: K }>;

const EMPTY = new Uint8Array(0);
const broken: TlsTurn = { records: EMPTY, plain: EMPTY, fault: eapFault('tls', 'the TLS session broke down') };

const wipe = ({ established }: TlsTurn): void => {
  for (const key of Object.values(established?.keys ?? {})) key.fill(0);
};

/** Feeds the pure machine one input at a time, and runs what it wants of TLS and of a person. */
class RunningPeer {
  readonly #peer: EapPeer;
  readonly #deps: EapPeerDeps;
  readonly #out: Subscriber<EapPeerEvent>;
  readonly #sessions = new Map<string, TlsSession>();
  readonly #inputs: PeerInput[] = [];
  #state: PeerState;
  #isAtWork = false;
  #isOver = false;

  constructor(deps: EapPeerDeps, out: Subscriber<EapPeerEvent>) {
    this.#deps = deps;
    this.#out = out;
    this.#peer = createPeer(deps.options);
    this.#state = this.#peer.initial;
    out.add(() => this.#end());
  }

  feed(input: PeerInput): void {
    this.#inputs.push(input);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) this.#step(next);
    this.#isAtWork = false;
  }

  #step(input: PeerInput): void {
    if (this.#isOver) return;
    const { state, effects } = this.#peer.step(this.#state, input);
    this.#state = state;
    for (const output of effects) this.#act(output);
  }

  #act(output: PeerOutput): void {
    if (this.#isOver) {
      if (output.do === 'succeed') {
        output.keys?.msk.zeroise();
        output.keys?.emsk?.zeroise();
      }
      return;
    }
    switch (output.do) {
      case 'tls':
        this.#turn(output);
        break;
      case 'ask':
        this.#ask(output);
        break;
      case 'meanwhile':
        void Promise.resolve().then(() => this.feed({ kind: 'meanwhile' }));
        break;
      case 'succeed':
        for (const session of this.#sessions.values()) session.keep();
        this.#conclude(output);
        break;
      case 'fail':
        this.#conclude(output);
        break;
      default:
        this.#out.next(output);
    }
  }

  #conclude(result: Of<'succeed' | 'fail'>): void {
    this.#end();
    this.#out.next(result);
    this.#out.complete();
  }

  #turn({ session, command }: Of<'tls'>): void {
    const come = (turn: TlsTurn): void => {
      if (this.#isOver) wipe(turn);
      else this.feed({ kind: 'tls', session, turn });
    };
    const turning = tryCatch(
      () => this.#session(session, command.do === 'open').turn(command),
      () => broken,
    );
    if (isLeft(turning)) come(turning.left);
    else turning.right.then(come, () => come(broken));
  }

  #session(name: string, isNew: boolean): TlsSession {
    const present = this.#sessions.get(name);
    if (present !== undefined && !isNew) return present;
    present?.close();
    const opened = this.#deps.openTls(name);
    this.#sessions.set(name, opened);
    return opened;
  }

  #ask({ want, message }: Of<'ask'>): void {
    const come = (secret?: Secret): void => {
      if (this.#isOver) secret?.zeroise();
      else this.feed(secret === undefined ? { kind: 'supplied' } : { kind: 'supplied', secret });
    };
    const { ask } = this.#deps;
    const asking = tryCatch(
      () => ask?.({ want, message }),
      () => undefined,
    );
    if (isLeft(asking) || asking.right === undefined) come();
    else asking.right.then(come, () => come());
  }

  /** Ends every TLS session at once and destroys every secret; what still comes finds nobody. */
  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
    this.#peer.release(this.#state);
  }
}

/**
 * Authenticates to an EAP server: packets of the server in, packets for it out, and at the end one result, after which it
 * completes. Whoever unsubscribes before that stops it: its TLS sessions are closed at once, its secrets are destroyed, and
 * nothing more is said.
 *
 * @example
 * signals$.pipe(eapPeer(eap))
 *
 * @since 0.2.0
 */
export const eapPeer =
  (deps: EapPeerDeps): OperatorFunction<EapPeerSignal, EapPeerEvent> =>
  (signal$) =>
    new Observable((out) => {
      const running = new RunningPeer(deps, out);
      return signal$.subscribe({
        next: (signal) => running.feed(signal),
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    });

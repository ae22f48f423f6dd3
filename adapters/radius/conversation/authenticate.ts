import { asyncScheduler, Observable, type SchedulerLike, Subject, type Subscriber, type Subscription } from 'rxjs';
import type { Step } from '../../../operators/core/index.js';
import { type EapPeerDeps, type EapPeerSignal, eapPeer } from '../../../operators/index.js';
import type { RadiusClient } from '../client/RadiusClient.js';
import type { RadiusServer } from '../client/RadiusServer.js';
import type { RadiusAttribute } from '../packet/RadiusPacket.js';
import type {
  Conversation,
  ConversationInput,
  ConversationOutput,
  ConversationRemark,
  ConversationResult,
} from './Conversation.js';
import { beginConversation, releaseConversation, stepConversation } from './stepConversation.js';

/** What an authentication is made of. */
export interface AuthenticationDeps {
  readonly client: RadiusClient;
  /** In the order in which they are tried. */
  readonly servers: readonly [RadiusServer, ...ReadonlyArray<RadiusServer>];
  readonly peer: EapPeerDeps;
  /** What the NAS says of itself and of the station. */
  readonly nas: ReadonlyArray<RadiusAttribute>;
  /** Milliseconds, to measure with. */
  readonly now: () => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * What happens in an authentication, and when, in milliseconds from its beginning. The last is its result, whose keys belong to
 * whoever gets it.
 *
 * @since 0.2.0
 */
export type AuthenticationEvent = { readonly at: number } & (
  | ConversationRemark
  | { readonly kind: 'result'; readonly result: ConversationResult }
);

/** How long the peer, or a person it asks, may think about one packet. */
const LONGEST_THOUGHT_MS = 120_000;

/** Feeds the pure machine one input at a time, and carries out what it wants. */
class RunningAuthentication {
  readonly #deps: AuthenticationDeps;
  readonly #out: Subscriber<AuthenticationEvent>;
  readonly #signals = new Subject<EapPeerSignal>();
  readonly #inputs: ConversationInput[] = [];
  readonly #began: number;
  #exchange: Subscription | undefined;
  #thought: Subscription | undefined;
  #state: Conversation;
  #isThinking = false;
  #isAtWork = false;
  #isOver = false;

  constructor(deps: AuthenticationDeps, out: Subscriber<AuthenticationEvent>) {
    this.#deps = deps;
    this.#out = out;
    this.#began = deps.now();
    const begun = beginConversation(deps.peer.options.crypto, deps.servers, deps.nas);
    this.#state = begun.state;
    out.add(() => this.#stop());
    out.add(
      this.#signals.pipe(eapPeer(deps.peer)).subscribe({
        next: (event) => this.#feed({ kind: 'peer', event }),
        error: (error: unknown) => out.error(error),
      }),
    );
    this.#carryOut(begun);
    this.#watch();
  }

  #feed(input: ConversationInput): void {
    this.#inputs.push(input);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    for (let next = this.#inputs.shift(); next !== undefined && !this.#isOver; next = this.#inputs.shift())
      this.#carryOut(stepConversation(this.#state, next));
    this.#isAtWork = false;
    this.#watch();
  }

  /** Whoever answers at once need not be waited for. */
  #watch(): void {
    if (!this.#isThinking || this.#isOver) return;
    const { scheduler = asyncScheduler } = this.#deps;
    this.#isThinking = false;
    this.#thought = scheduler.schedule(() => this.#feed({ kind: 'thoughtless' }), LONGEST_THOUGHT_MS);
  }

  #wonder(isThinking: boolean): void {
    this.#thought?.unsubscribe();
    this.#isThinking = isThinking;
  }

  #carryOut({ state, effects }: Step<Conversation, ConversationOutput>): void {
    this.#state = state;
    for (const output of effects) this.#act(output);
  }

  #act(output: ConversationOutput): void {
    switch (output.do) {
      case 'ask':
        this.#ask(output);
        break;
      case 'signal':
        this.#signal(output.signal);
        break;
      case 'remark':
        this.#out.next({ at: this.#elapsed(), ...output.remark });
        break;
      default:
        this.#isOver = true;
        this.#out.next({ at: this.#elapsed(), kind: 'result', result: output.result });
        this.#out.complete();
    }
  }

  #ask({ server, attributes }: Extract<ConversationOutput, { do: 'ask' }>): void {
    this.#wonder(false);
    this.#exchange?.unsubscribe();
    this.#exchange = this.#deps.client.exchange(server, attributes).subscribe({
      next: (event) => this.#feed({ kind: 'exchange', event }),
      error: (error: unknown) => this.#out.error(error),
    });
  }

  #signal(signal: EapPeerSignal): void {
    this.#wonder(signal.kind === 'packet');
    this.#signals.next(signal);
  }

  #elapsed(): number {
    return this.#deps.now() - this.#began;
  }

  #stop(): void {
    this.#thought?.unsubscribe();
    this.#exchange?.unsubscribe();
    if (!this.#isOver) releaseConversation(this.#state, this.#inputs);
    this.#isOver = true;
  }
}

/**
 * One authentication of an EAP peer with a RADIUS server, without an access point. Unsubscribing stops it at once: timers, TLS
 * sessions, its RADIUS identifier and its secrets are given back, and nothing more is said.
 *
 * @example
 * authenticate({ client, servers, peer: eap, nas, now: () => performance.now() })
 *
 * @since 0.2.0
 */
export const authenticate = (deps: AuthenticationDeps): Observable<AuthenticationEvent> =>
  new Observable((out) => {
    new RunningAuthentication(deps, out);
  });

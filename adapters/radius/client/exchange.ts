import { Observable, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import type { Crypto } from '../../../operators/core/index.js';
import { writeAccessRequest } from '../packet/accessRequest.js';
import { type AnswerDoubt, doubtOf, responseAuthenticator, type SharedSecret } from '../packet/authenticators.js';
import { RadiusCode, radiusCodeName } from '../packet/RadiusCode.js';
import { type RadiusAttribute, type RadiusPacket, readRadius } from '../packet/RadiusPacket.js';
import type { ChannelFault } from './Channel.js';
import type { ExchangeEvent } from './ExchangeEvent.js';
import type { Lane, Waiting } from './Lane.js';
import { type RadiusServer, serverWords } from './RadiusServer.js';
import { nextWait, type RetransmissionPolicy } from './retransmission.js';

export interface ExchangeDeps {
  readonly crypto: Crypto;
  readonly draw: (octets: number) => Uint8Array;
  readonly policy: RetransmissionPolicy;
  readonly scheduler: SchedulerLike;
}

/** A request to one server. */
export interface Exchange {
  readonly server: RadiusServer;
  readonly shared: SharedSecret;
  readonly lane: Lane;
  readonly attributes: ReadonlyArray<RadiusAttribute>;
}

const AUTHENTICATOR_SIZE = 16;

const DOUBTS: Readonly<Record<AnswerDoubt, string>> = {
  responseAuthenticator: 'its Response Authenticator is wrong: the shared secret is another one, or the answer was forged',
  noMessageAuthenticator: 'it has no Message-Authenticator, so it could have been forged on the way (CVE-2024-3596)',
  messageAuthenticator: 'its Message-Authenticator is wrong: the shared secret is another one, or the answer was forged',
};

const { ACCESS_ACCEPT, ACCESS_CHALLENGE, ACCESS_REJECT } = RadiusCode.codes;
const isAnswer = (code: number): boolean => code === ACCESS_ACCEPT || code === ACCESS_REJECT || code === ACCESS_CHALLENGE;

const randomOf = ([a = 0, b = 0]: Uint8Array): number => (a * 256 + b) / 0x10000;

class RunningExchange implements Waiting {
  readonly authenticator: Uint8Array;
  readonly #out: Subscriber<ExchangeEvent>;
  readonly #deps: ExchangeDeps;
  readonly #exchange: Exchange;
  #timer: Subscription | undefined;
  /** Of the time in which an answer is waited for. */
  #leftMs: number;
  #identifier = -1;
  #packet: Uint8Array = new Uint8Array(0);
  #attempt = 0;

  constructor(out: Subscriber<ExchangeEvent>, deps: ExchangeDeps, exchange: Exchange) {
    this.#out = out;
    this.#deps = deps;
    this.#exchange = exchange;
    this.authenticator = deps.draw(AUTHENTICATOR_SIZE);
    this.#leftMs = deps.policy.durationMs;
  }

  begin(): void {
    const { lane, shared, attributes } = this.#exchange;
    const { authenticator } = this;
    this.#identifier = lane.claim(() => this);
    const packet = writeAccessRequest(shared, { identifier: this.#identifier, authenticator, attributes });
    if (packet._tag === 'Left') {
      this.#end({ kind: 'unanswered', for: 'unwritable', message: packet.left });
      return;
    }
    this.#packet = packet.right;
    this.#send(undefined);
  }

  stop(): void {
    this.#timer?.unsubscribe();
    this.#exchange.lane.release(this.#identifier);
  }

  packet(bytes: Uint8Array): void {
    const packet = readRadius(bytes);
    if (packet._tag === 'Left') this.#ignore('malformed', packet.left.message);
    else this.#judge(packet.right);
  }

  #judge(packet: RadiusPacket): void {
    const doubt = doubtOf(this.#exchange.shared, packet, this.authenticator);
    if (doubt === 'responseAuthenticator' && this.#isLate(packet)) return;
    if (doubt !== undefined) this.#ignore(doubt, DOUBTS[doubt]);
    else if (isAnswer(packet.code)) this.#end({ kind: 'answered', packet, authenticator: this.authenticator });
    else this.#ignore('unexpectedCode', `${radiusCodeName(packet.code)} is no answer to an Access-Request`);
  }

  stranger(_bytes: Uint8Array, from: string): void {
    this.#ignore('otherAddress', `it came from ${from}, and the request went to ${serverWords(this.#exchange.server)}`);
  }

  fault({ kind, message }: ChannelFault): void {
    this.#end({ kind: 'unanswered', for: kind, message });
  }

  /** A second answer to the request that had the identifier before. */
  #isLate(packet: RadiusPacket): boolean {
    const { lane, shared } = this.#exchange;
    const before = lane.before(this.#identifier);
    return before !== undefined && shared.crypto.equal(responseAuthenticator(shared, packet, before), packet.authenticator);
  }

  #send(previousWait: number | undefined): void {
    const { lane, server } = this.#exchange;
    this.#attempt += 1;
    this.#out.next({ kind: 'sent', identifier: this.#identifier, attempt: this.#attempt, octets: this.#packet.length });
    lane.channel.send(this.#packet);
    if (!this.#out.closed) this.#timer = this.#waiting(server, previousWait);
  }

  /** One timer, for whichever is first: the next repetition or the end. */
  #waiting({ transport }: RadiusServer, previousWait: number | undefined): Subscription {
    const { policy, scheduler, draw } = this.#deps;
    const giveUp = (): Subscription => scheduler.schedule(() => this.#giveUp(), this.#leftMs);
    // What TCP carries arrives, and is not repeated (RFC 6613 2.6.1).
    if (transport === 'tls' || this.#attempt > policy.repetitions) return giveUp();
    const wait = nextWait(policy, previousWait, randomOf(draw(2)));
    if (wait >= this.#leftMs) return giveUp();
    this.#leftMs -= wait;
    return scheduler.schedule(() => this.#repeat(wait), wait);
  }

  #repeat(wait: number): void {
    this.#exchange.lane.channel.lookAround();
    this.#send(wait);
  }

  #giveUp(): void {
    const { server } = this.#exchange;
    const times = this.#attempt === 1 ? 'once' : `${this.#attempt} times`;
    const message = `${serverWords(server)} did not answer within ${this.#deps.policy.durationMs / 1000} s, asked ${times}`;
    this.#end({ kind: 'unanswered', for: 'silence', message });
  }

  #ignore(reason: Extract<ExchangeEvent, { kind: 'ignored' }>['for'], message: string): void {
    this.#out.next({ kind: 'ignored', for: reason, message });
  }

  #end(event: ExchangeEvent): void {
    this.#out.next(event);
    this.#out.complete();
  }
}

/** Sends a request until it is answered or given up; unsubscribing gives its identifier and its timers back. */
export const exchange = (deps: ExchangeDeps, request: Exchange): Observable<ExchangeEvent> =>
  new Observable((out) => {
    const running = new RunningExchange(out, deps, request);
    out.add(() => running.stop());
    running.begin();
  });

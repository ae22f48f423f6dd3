import type { AuthenticationEvent } from '../conversation/authenticate.js';
import type { ConversationResult } from '../conversation/Conversation.js';

/** One authentication, measured. Its steps add up to the whole. */
export interface Attempt {
  readonly result: ConversationResult;
  readonly ms: number;
  /** Milliseconds of each step, in the order in which they came. */
  readonly steps: ReadonlyMap<string, number>;
  /** How much of the whole was spent waiting for the server. */
  readonly serverMs: number;
  readonly rounds: number;
  /** How many requests had to be repeated. */
  readonly repetitions: number;
}

/** Measures an authentication as it goes on. */
export class Stopwatch {
  readonly #steps = new Map<string, number>();
  #mark = 0;
  #sentAt = 0;
  #serverMs = 0;
  #rounds = 0;
  #repetitions = 0;
  #step = 'identity';

  /** The attempt, at its end. */
  take(event: AuthenticationEvent): Attempt | undefined {
    switch (event.kind) {
      case 'sent':
        if (event.attempt === 1) this.#sentAt = event.at;
        else this.#repetitions += 1;
        return undefined;
      case 'received':
        this.#rounds += 1;
        this.#answer(event.step, event.at);
        return undefined;
      case 'unanswered':
        this.#answer(event.step, event.at);
        return undefined;
      case 'result':
        this.#count(this.#step, event.at);
        return this.#attempt(event.at, event.result);
      default:
        return undefined;
    }
  }

  #answer(step: string, at: number): void {
    this.#serverMs += at - this.#sentAt;
    this.#count(step, at);
  }

  #count(step: string, at: number): void {
    this.#steps.set(step, (this.#steps.get(step) ?? 0) + at - this.#mark);
    this.#mark = at;
    this.#step = step;
  }

  #attempt(ms: number, result: ConversationResult): Attempt {
    return { result, ms, steps: this.#steps, serverMs: this.#serverMs, rounds: this.#rounds, repetitions: this.#repetitions };
  }
}

import { forgetRun, Reached } from './features.js';
import { minimised, signatureOf } from './minimise.js';
import { mutated } from './mutate.js';
import type { Random } from './random.js';
import type { Target } from './target.js';

/** An input that broke something, and what was said. */
export interface Failure {
  readonly target: string;
  readonly input: Uint8Array;
  readonly original: Uint8Array;
  readonly detail: string;
}

const detailOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Fuzzes one target: runs what is changed from what went furthest, and keeps what goes further still. */
export class Fuzzer {
  readonly target: Target;
  readonly reached: Reached;
  readonly kept: Uint8Array[] = [];
  readonly failures: Failure[] = [];
  executions = 0;
  readonly #random: Random;
  readonly #announce: (target: Target, input: Uint8Array) => void;
  readonly #known = new Set<string>();

  constructor(target: Target, random: Random, announce: (target: Target, input: Uint8Array) => void, reached = new Reached()) {
    this.target = target;
    this.reached = reached;
    this.#random = random;
    this.#announce = announce;
  }

  #errorOf(input: Uint8Array): unknown {
    this.executions++;
    forgetRun();
    try {
      this.target.fuzz(input);
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    }
    return undefined;
  }

  #note(input: Uint8Array, error: unknown): void {
    const signature = signatureOf(error);
    if (this.#known.has(signature)) return;
    this.#known.add(signature);
    const fails = (candidate: Uint8Array): boolean => {
      const again = this.#errorOf(candidate);
      return again !== undefined && signatureOf(again) === signature;
    };
    const smallest = minimised(input, fails, this.target);
    this.failures.push({
      target: this.target.name,
      input: smallest,
      original: input,
      detail: detailOf(this.#errorOf(smallest) ?? error),
    });
  }

  /** Runs an input; whether it reached something new. */
  run(input: Uint8Array): boolean {
    this.#announce(this.target, input);
    const error = this.#errorOf(input);
    const isNew = this.reached.add() > 0;
    if (error !== undefined) this.#note(input, error);
    else if (isNew) this.kept.push(input);
    return isNew;
  }

  /** What went furthest most recently is the likeliest to go on from. */
  #choose(): Uint8Array {
    const { kept } = this;
    const recent = this.#random.isOneIn(2) ? Math.max(8, Math.ceil(kept.length / 8)) : kept.length;
    const from = Math.max(0, kept.length - recent);
    return kept[from + this.#random.below(kept.length - from)] ?? new Uint8Array(1);
  }

  next(): void {
    const other = this.#random.pick(this.kept) ?? new Uint8Array(1);
    this.run(mutated(this.#choose(), this.#random, other, this.target));
  }
}

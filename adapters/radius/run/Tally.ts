import type { Verdict, VerdictKind } from '../conversation/Verdict.js';
import type { Attempt } from './Attempt.js';

/** How long something took, over many times. Milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export interface TallyReport {
  readonly attempts: number;
  readonly authenticated: number;
  /** From the beginning of the first to the end of the last, seconds. */
  readonly seconds: number;
  readonly perSecond: number;
  readonly verdicts: ReadonlyArray<{ readonly kind: VerdictKind; readonly count: number; readonly message: string }>;
  readonly whole: Spread;
  /** Of the whole, what was spent waiting for the server. */
  readonly server: Spread;
  readonly steps: ReadonlyArray<readonly [name: string, spread: Spread]>;
  readonly rounds: number;
  readonly repetitions: number;
}

/** The nearest rank. */
const rank = (sorted: Float64Array, share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** @example spreadOf([3, 1, 2]).p50 // 2 */
export const spreadOf = (values: ReadonlyArray<number>): Spread => {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    p50: rank(sorted, 0.5),
    p90: rank(sorted, 0.9),
    p99: rank(sorted, 0.99),
    max: rank(sorted, 1),
  };
};

type CountedVerdict = TallyReport['verdicts'][number];

/** The most frequent first; in whatever order they came. */
const byCount = (a: CountedVerdict, b: CountedVerdict): number => b.count - a.count || (a.kind < b.kind ? -1 : 1);

/** What is kept of an attempt: its numbers, and nothing that holds a secret. */
type Measures = Pick<Attempt, 'ms' | 'steps' | 'serverMs'>;

/** What is counted of an attempt; it holds no secret either, and can go from thread to thread. */
export interface CountedAttempt extends Measures, Pick<Attempt, 'rounds' | 'repetitions'> {
  readonly result: { readonly verdict: Pick<Verdict, 'kind' | 'message'> };
}

/** Adds attempts up. Latencies are those of authentications that succeeded, where there are any: others end early, or wait for nothing. */
export class Tally {
  readonly #verdicts = new Map<VerdictKind, { count: number; readonly message: string }>();
  readonly #good: Measures[] = [];
  readonly #bad: Measures[] = [];
  #rounds = 0;
  #repetitions = 0;

  get count(): number {
    return this.#good.length + this.#bad.length;
  }

  get authenticated(): number {
    return this.#good.length;
  }

  add(attempt: CountedAttempt): void {
    const { ms, steps, serverMs } = attempt;
    const { kind, message } = attempt.result.verdict;
    const known = this.#verdicts.get(kind);
    if (known === undefined) this.#verdicts.set(kind, { count: 1, message });
    else known.count += 1;
    (kind === 'authenticated' ? this.#good : this.#bad).push({ ms, steps, serverMs });
    this.#rounds += attempt.rounds;
    this.#repetitions += attempt.repetitions;
  }

  report(seconds: number): TallyReport {
    const measured = this.#good.length > 0 ? this.#good : this.#bad;
    const names = new Set(measured.flatMap(({ steps }) => [...steps.keys()]));
    return {
      attempts: this.count,
      authenticated: this.#good.length,
      seconds,
      perSecond: seconds === 0 ? 0 : this.count / seconds,
      verdicts: [...this.#verdicts].map(([kind, one]) => ({ kind, ...one })).sort(byCount),
      whole: spreadOf(measured.map(({ ms }) => ms)),
      server: spreadOf(measured.map(({ serverMs }) => serverMs)),
      steps: [...names].map((name) => [name, spreadOf(measured.flatMap(({ steps }) => steps.get(name) ?? []))] as const),
      rounds: this.#rounds,
      repetitions: this.#repetitions,
    };
  }
}

/**
 * How often and how long a request is repeated (RFC 5080 2.2.1).
 *
 * @since 0.2.0
 */
export interface RetransmissionPolicy {
  /** IRT: the wait before the first repetition. */
  readonly initialMs: number;
  /** MRT: the longest wait. */
  readonly longestMs: number;
  /** MRC, the first sending apart. */
  readonly repetitions: number;
  /** MRD: how long an answer is waited for in all. */
  readonly durationMs: number;
}

export const RFC_5080: RetransmissionPolicy = { initialMs: 2_000, longestMs: 16_000, repetitions: 5, durationMs: 30_000 };

/** RAND is drawn between these bounds, so that clients do not keep step. */
const SPREAD = 0.1;

/**
 * The wait before the next repetition, after the one before it; `random` is from 0 up to 1.
 *
 * @example
 * nextWait(RFC_5080, undefined, 0.5); // 2000
 */
export const nextWait = (
  { initialMs, longestMs }: RetransmissionPolicy,
  previous: number | undefined,
  random: number,
): number => {
  const spread = (2 * random - 1) * SPREAD;
  if (previous === undefined) return initialMs * (1 + spread);
  const doubled = previous * (2 + spread);
  return doubled > longestMs ? longestMs * (1 + spread) : doubled;
};

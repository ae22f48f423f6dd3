/** How many batches a thread may be ahead of the slowest: what it says until then waits in memory. */
const MOST_AHEAD = 32;
/** A thread that is through holds nobody up. */
const THROUGH = 0x7fffffff;
const PAUSE_MS = 1_000;

/**
 * Keeps threads that read the same file together. The last element counts changes, for those who wait for one.
 *
 * @param index which thread this is
 */
export const pacer = (pace: SharedArrayBuffer, index: number, threads: number) => {
  const positions = new Int32Array(pace);
  const slowest = (): number => {
    let least = THROUGH;
    for (let i = 0; i < threads; i++) least = Math.min(least, Atomics.load(positions, i));
    return least;
  };
  const reach = (position: number): void => {
    Atomics.store(positions, index, position);
    Atomics.add(positions, threads, 1);
    Atomics.notify(positions, threads);
  };
  let at = 0;
  const isAhead = (): boolean => at - slowest() > MOST_AHEAD;
  const advance = (): void => {
    at++;
    reach(at);
  };
  return {
    /** A batch is done, and the next may have to wait. */
    step: (): void => {
      advance();
      for (;;) {
        const changes = Atomics.load(positions, threads);
        if (!isAhead()) return;
        Atomics.wait(positions, threads, changes, PAUSE_MS);
      }
    },
    /** Likewise for a thread that must go on listening meanwhile: it asks again. */
    advance,
    isAhead,
    leave: (): void => reach(THROUGH),
  };
};

/** Microseconds, as the times of a capture. */
export const SECOND = 1_000_000;

/** Frames of several interfaces come a little out of order; a longer step back is a clock that was set, or another clock. */
const DISORDER = 10 * SECOND;

/** How much time a capture has covered, whatever its timestamps do: it never goes back. */
export interface CaptureClock {
  advance(time: number): void;
  readonly elapsed: number;
}

/**
 * A long step back is owed: the next long step forward pays it off first, so that interfaces whose clocks disagree do not make time
 * pass each time they alternate.
 */
export const createCaptureClock = (): CaptureClock => {
  let elapsed = 0;
  let owed = 0;
  let latest: number | undefined;

  const advance = (time: number): void => {
    if (time === 0 || !Number.isFinite(time)) return;
    const step = latest === undefined ? 0 : time - latest;
    if (step < 0 && step >= -DISORDER) return;
    if (step < 0) owed -= step;
    const paid = step > DISORDER ? Math.min(step, owed) : 0;
    owed -= paid;
    elapsed += Math.max(0, step - paid);
    latest = time;
  };

  return {
    advance,
    get elapsed() {
      return elapsed;
    },
  };
};

import type { Attempt } from './Attempt.js';

/** Those that began last. A flood of forged stations would fill the books with beginnings that nothing comes of. */
export interface Newcomers {
  /** Takes one in. Whoever began so many before it, and is still among them, is a newcomer no longer. */
  admit(attempt: Attempt): Attempt | undefined;
  dismiss(attempt: Attempt): void;
}

/** They go round in as many places. */
export const createNewcomers = (most: number): Newcomers => {
  const places = new Array<Attempt | undefined>(most).fill(undefined);
  let next = 0;
  return {
    admit(attempt) {
      const former = places[next];
      places[next] = attempt;
      attempt.place = next;
      next = (next + 1) % most;
      return former;
    },
    dismiss(attempt) {
      if (places[attempt.place] === attempt) places[attempt.place] = undefined;
    },
  };
};

/** Numbers from a seed: the same run again is the same numbers again. */
export interface Random {
  /** A whole number from 0 up to, and without, `limit`. */
  readonly below: (limit: number) => number;
  readonly octet: () => number;
  readonly pick: <A>(items: ReadonlyArray<A>) => A | undefined;
  readonly isOneIn: (times: number) => boolean;
}

/** Mulberry32: 32 bits of state are enough for inputs, and it is quick. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    const a = Math.imul(state ^ (state >>> 15), state | 1);
    const b = a ^ (a + Math.imul(a ^ (a >>> 7), a | 61));
    return (b ^ (b >>> 14)) >>> 0;
  };
  const below = (limit: number): number => (limit < 1 ? 0 : next() % limit);
  return {
    below,
    octet: () => next() & 0xff,
    pick: (items) => items[below(items.length)],
    isOneIn: (times) => below(times) === 0,
  };
};

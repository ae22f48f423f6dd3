/**
 * What a machine does with one input: the state it is in afterwards, and what it wants done. It runs nothing, reads no
 * clock and draws no random number.
 */
export interface Step<S, E> {
  readonly state: S;
  readonly effects: ReadonlyArray<E>;
}

const nothing: ReadonlyArray<never> = [];

export const stay = <S>(state: S): Step<S, never> => ({ state, effects: nothing });

export const emit = <S, E>(state: S, ...effects: ReadonlyArray<E>): Step<S, E> => ({ state, effects });

/** Goes on from a step with another one; the effects of both, in order. */
export const andThen = <S, T, E, F>(first: Step<S, E>, next: (state: S) => Step<T, F>): Step<T, E | F> => {
  const second = next(first.state);
  if (first.effects.length === 0) return second;
  return { state: second.state, effects: second.effects.length === 0 ? first.effects : [...first.effects, ...second.effects] };
};

/** Runs a machine over many inputs at once. */
export const steps = <S, I, E>(state: S, inputs: ReadonlyArray<I>, step: (state: S, input: I) => Step<S, E>): Step<S, E> =>
  inputs.reduce<Step<S, E>>((so_far, input) => andThen(so_far, (current) => step(current, input)), stay(state));

import { Observable, type OperatorFunction } from 'rxjs';
import type { Step } from './core/index.js';

/**
 * Runs a pure machine over a stream: each input makes a step, and its effects are emitted with the new state already in
 * place, so that an input which comes from inside an effect finds it settled (R264).
 *
 * @example
 * inputs$.pipe(runSteps(0, (sum: number, input: number) => emit(sum + input, `so far ${sum + input}`)))
 *
 * @since 0.1.0
 */
export const runSteps =
  <S, I, E>(
    initial: S,
    step: (state: S, input: I) => Step<S, E>,
    release: (state: S) => void = () => {},
  ): OperatorFunction<I, E> =>
  (source) =>
    new Observable((out) => {
      let state = initial;
      out.add(() => release(state));
      return source.subscribe({
        next: (input) => {
          const next = step(state, input);
          state = next.state;
          for (const effect of next.effects) out.next(effect);
        },
        error: (error: unknown) => out.error(error),
        complete: () => out.complete(),
      });
    });

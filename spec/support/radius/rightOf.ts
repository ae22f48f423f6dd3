import type { Either } from 'fp-ts/lib/Either.js';

/** What was read; a spec that cannot have it fails with the reason. */
export const rightOf = <E, A>(either: Either<E, A>): A => {
  if (either._tag === 'Right') return either.right;
  throw new Error(JSON.stringify(either.left));
};

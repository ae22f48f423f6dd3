import { programOf, stepsOf } from './mutate.js';
import type { Shape } from './target.js';

/** How a failure is known again: what it says without its numbers, and where. */
export const signatureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split('\n').find((line) => line.includes(' at ') && !line.includes('demand')) ?? '';
  return `${error.name}: ${error.message.replaceAll(/[0-9a-f]{6,}|\d+/g, '#')} ${/at (\S+)/.exec(place)?.[1] ?? ''}`;
};

const withoutChunks = <A>(items: ReadonlyArray<A>, stillFails: (items: ReadonlyArray<A>) => boolean): ReadonlyArray<A> => {
  let kept = items;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < kept.length; ) {
      const shorter = kept.toSpliced(at, size);
      if (stillFails(shorter)) kept = shorter;
      else at += size;
    }
  return kept;
};

const withoutOctets = (bytes: Uint8Array, stillFails: (bytes: Uint8Array) => boolean): Uint8Array =>
  Uint8Array.from(withoutChunks([...bytes], (octets) => stillFails(Uint8Array.from(octets))));

const withZeros = (bytes: Uint8Array, stillFails: (bytes: Uint8Array) => boolean): Uint8Array => {
  let kept = bytes;
  for (const [at, octet] of bytes.entries()) {
    if (octet === 0) continue;
    const quieter = kept.with(at, 0);
    if (stillFails(quieter)) kept = quieter;
  }
  return kept;
};

const withShorterSteps = (program: Uint8Array, head: number, stillFails: (program: Uint8Array) => boolean): Uint8Array => {
  const start = program.slice(0, head);
  let steps = withoutChunks(stepsOf(program, head), (fewer) => stillFails(programOf(start, fewer)));
  for (const [at, step] of steps.entries()) {
    const rebuilt = (operands: Uint8Array): ReadonlyArray<Uint8Array> =>
      steps.with(at, Uint8Array.of(step[0] ?? 0, operands.length, ...operands));
    steps = rebuilt(withoutOctets(step.subarray(2), (operands) => stillFails(programOf(start, rebuilt(operands)))));
  }
  return programOf(start, steps);
};

/** A smaller input that fails in the same way. */
export const minimised = (input: Uint8Array, fails: (input: Uint8Array) => boolean, { head }: Shape): Uint8Array => {
  const shorter = head === undefined ? withoutOctets(input, fails) : withShorterSteps(input, head, fails);
  const smallest = fails(shorter) ? shorter : input;
  return withZeros(smallest, fails);
};

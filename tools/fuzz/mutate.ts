import type { Random } from './random.js';
import type { Shape } from './target.js';
import { type Words, words } from './words.js';

const MOST_OCTETS = 4096;
const INTERESTING = [0, 1, 2, 3, 4, 6, 7, 8, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 127, 128, 129, 0xdd, 0xf2, 0xfe, 0xff];

const replaced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result;
};

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const changeOctet =
  (change: (octet: number, random: Random) => number): Mutation =>
  (bytes, random) => {
    const result = bytes.slice();
    const at = random.below(bytes.length);
    result[at] = change(result[at] ?? 0, random);
    return result;
  };

const piece = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = random.below(bytes.length + 1);
  return bytes.slice(at, at + 1 + random.below(random.isOneIn(4) ? 64 : 8));
};

const put =
  (added: (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array, isOver: boolean): Mutation =>
  (bytes, random, other) => {
    const at = random.below(bytes.length + 1);
    const addition = added(random, bytes, other);
    return replaced(bytes, at, isOver ? Math.min(addition.length, bytes.length - at) : 0, addition);
  };

const word = (random: Random): Uint8Array => random.pick<Words[number]>(words) ?? Uint8Array.of(0);
const noise = (random: Random): Uint8Array => Uint8Array.from({ length: 1 + random.below(16) }, random.octet);

const OCTETS: ReadonlyArray<Mutation> = [
  changeOctet((octet, random) => octet ^ (1 << random.below(8))),
  changeOctet((_, random) => random.octet()),
  changeOctet((octet, random) => octet + 1 + random.below(16)),
  changeOctet((octet, random) => octet - 1 - random.below(16)),
  changeOctet((_, random) => random.pick(INTERESTING) ?? 0),
  put(noise, false),
  put(word, false),
  put(word, true),
  put((random, bytes) => piece(bytes, random), false),
  put((random, _, other) => piece(other, random), false),
  put((random, _, other) => piece(other, random), true),
  (bytes, random) => replaced(bytes, random.below(bytes.length), Math.min(bytes.length, 1), new Uint8Array(0)),
  (bytes, random) => {
    const at = random.below(bytes.length);
    return replaced(bytes, at, Math.min(bytes.length - at, 1 + random.below(32)), new Uint8Array(0));
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random, other) => replaced(bytes, random.below(bytes.length + 1), 0, other.slice(random.below(other.length + 1))),
];

/** A program: its head, and its steps, each of which is an operation, the length of its operands, and those. */
export const stepsOf = (program: Uint8Array, head: number): ReadonlyArray<Uint8Array> => {
  const steps: Uint8Array[] = [];
  for (let at = head; at < program.length; ) {
    const end = at + 2 + (program[at + 1] ?? 0);
    steps.push(program.slice(at, end));
    at = end;
  }
  return steps;
};

export const programOf = (head: Uint8Array, steps: ReadonlyArray<Uint8Array>): Uint8Array =>
  Uint8Array.from([head, ...steps].flatMap((part) => [...part]));

const refit = (step: Uint8Array, operands: Uint8Array): Uint8Array =>
  Uint8Array.of(step[0] ?? 0, Math.min(operands.length, 0xff), ...operands.subarray(0, 0xff));

type Rearrangement = (steps: ReadonlyArray<Uint8Array>, random: Random, others: ReadonlyArray<Uint8Array>) => Uint8Array[];

const REARRANGEMENTS: ReadonlyArray<Rearrangement> = [
  (steps, random) => steps.toSpliced(random.below(steps.length), 1),
  (steps, random) => steps.toSpliced(random.below(steps.length + 1), 0, random.pick(steps) ?? Uint8Array.of(0, 0)),
  (steps, random, others) => steps.toSpliced(random.below(steps.length + 1), 0, random.pick(others) ?? Uint8Array.of(1, 0)),
  (steps, random, others) => [
    ...steps.slice(0, random.below(steps.length + 1)),
    ...others.slice(random.below(others.length + 1)),
  ],
  (steps, random) => steps.toSpliced(random.below(steps.length + 1), 0, Uint8Array.of(random.below(20), 0)),
  (steps, random) => {
    const [a, b] = [random.below(steps.length), random.below(steps.length)];
    const [first, second] = [steps[a], steps[b]];
    return first && second ? steps.with(a, second).with(b, first) : [...steps];
  },
];

const mutateOperands: Rearrangement = (steps, random, others) => {
  const at = random.below(steps.length);
  const step = steps[at];
  if (step === undefined) return [Uint8Array.of(random.below(20), 0)];
  const grown = random.isOneIn(3) ? Uint8Array.of(...step.subarray(2), ...noise(random).subarray(0, 4)) : step.slice(2);
  return steps.with(at, refit(step, mutateOctets(grown, random, others[0]?.subarray(2) ?? grown)));
};

const mutateOctets = (bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array => {
  const mutation = random.pick(OCTETS);
  return mutation === undefined ? bytes : mutation(bytes.length === 0 ? noise(random) : bytes, random, other);
};

const mutateProgram = (bytes: Uint8Array, random: Random, other: Uint8Array, headLength: number): Uint8Array => {
  const head = bytes.slice(0, headLength);
  const steps = stepsOf(bytes, headLength);
  if (random.isOneIn(6)) return programOf(mutateOctets(head, random, other).slice(0, headLength), steps);
  const rearrange = random.isOneIn(2) ? random.pick(REARRANGEMENTS) : mutateOperands;
  return programOf(head, rearrange?.(steps, random, stepsOf(other, headLength)) ?? steps);
};

/** An input like this one, and not: one to eight changes of its octets, or of its steps where it is a program. */
export const mutated = (bytes: Uint8Array, random: Random, other: Uint8Array, { head }: Shape): Uint8Array => {
  let result = bytes;
  for (let left = 1 << random.below(4); left > 0; left--)
    result =
      head === undefined || random.isOneIn(24) ? mutateOctets(result, random, other) : mutateProgram(result, random, other, head);
  return result.subarray(0, MOST_OCTETS);
};

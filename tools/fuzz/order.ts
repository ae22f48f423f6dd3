import type { Failure } from './Fuzzer.js';

/** Octets of the shared memory in front of the input: how many ran, which target, how long. */
export const INPUT_AT = 16;
export const LONGEST_INPUT = 1 << 20;

/** What the fuzzing thread is to do. */
export interface Order {
  readonly seed: number;
  readonly runs: number;
  /** A moment, in milliseconds. */
  readonly until: number;
  /** The name of a target, or `all`. */
  readonly chosen: string;
  readonly corpora: Readonly<Record<string, ReadonlyArray<Uint8Array>>>;
  /** Nothing but this input: to see a finding again. */
  readonly only?: Uint8Array;
  readonly shared: SharedArrayBuffer;
}

export interface Progress {
  readonly target: string;
  readonly executions: number;
  readonly kept: number;
  readonly branches: ReadonlyArray<number>;
}

/** What it reports. */
export type Report = {
  readonly progress: ReadonlyArray<Progress>;
  readonly heap: number;
  /** All there are so far. */
  readonly failures: ReadonlyArray<Failure>;
} & (
  | { readonly kind: 'progress' }
  | {
      readonly kind: 'done';
      readonly corpora: Readonly<Record<string, ReadonlyArray<Uint8Array>>>;
    }
);

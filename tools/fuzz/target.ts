/** What an input is made of, for whoever mutates it. */
export interface Shape {
  /** Octets before the first step, where the input is a program (see `stepsOf`); without it, it is mere bytes. */
  readonly head?: number;
}

/** Something to be fuzzed. `fuzz` throws on a finding: whatever else happens to an input is fine. */
export interface Target extends Shape {
  readonly name: string;
  /** How many inputs in a row it gets before the next target has its turn. */
  readonly slice: number;
  readonly seeds: () => ReadonlyArray<Uint8Array>;
  readonly fuzz: (data: Uint8Array) => void;
}

/** An invariant that does not hold. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

export const demand = (holds: boolean, sentence: string): void => {
  if (!holds) throw new Finding(sentence);
};

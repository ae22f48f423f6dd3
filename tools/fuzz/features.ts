declare global {
  /** One octet for each branch of the code under test; the instrumented bundle makes it. */
  var branchCounters: Uint8Array | undefined;
}

/** What a target tells beside branches, e.g. a transition of a state machine, is counted here. */
const OBSERVED = 4096;
const observed = new Uint8Array(OBSERVED);

/** Something worth reaching, as a word: a run that reaches a new one is kept. */
export const observe = (word: string): void => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  observed[(hash >>> 0) % OBSERVED] = 1;
};

/** 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more: how often is told apart that far. */
const BUCKET = Uint8Array.from({ length: 256 }, (_, times) => {
  if (times < 4) return [0, 1, 2, 4][times] ?? 0;
  return [8, 16, 32, 64, 128][[7, 15, 31, 127, 255].findIndex((last) => times <= last)] ?? 128;
});

const ONCE = new Uint8Array(256).fill(1, 1);
const NEVER = new Uint8Array(256);

const maps = (): ReadonlyArray<Uint8Array> => [globalThis.branchCounters ?? new Uint8Array(0), observed];

export const forgetRun = (): void => {
  for (const map of maps()) map.fill(0);
};

/** Marks what a run has counted; how much of it was not marked. */
const addTo = (seen: Uint8Array, map: Uint8Array, buckets: Uint8Array): number => {
  let fresh = 0;
  for (let at = 0; at < map.length; at++) {
    const bucket = buckets[map[at] ?? 0] ?? 0;
    const before = seen[at] ?? 0;
    if ((bucket & ~before) === 0) continue;
    seen[at] = before | bucket;
    fresh++;
  }
  return fresh;
};

/** What runs have reached so far, each branch with the buckets of how often. */
export class Reached {
  readonly #buckets: ReadonlyArray<Uint8Array>;
  readonly #seen = maps().map(({ length }) => new Uint8Array(length));

  /** @param isCoarse only branches count, and not how often each was taken */
  constructor(isCoarse = false) {
    this.#buckets = isCoarse ? [ONCE, NEVER] : [BUCKET, BUCKET];
  }

  /** How much the run since `forgetRun` has reached that none had before. */
  add(): number {
    let fresh = 0;
    for (const [index, map] of maps().entries()) fresh += addTo(this.#seen[index] ?? NEVER, map, this.#buckets[index] ?? NEVER);
    return fresh;
  }

  /** The numbers of the branches that were reached. */
  branches(): ReadonlyArray<number> {
    return [...(this.#seen[0] ?? [])].flatMap((buckets, branch) => (buckets === 0 ? [] : [branch]));
  }
}

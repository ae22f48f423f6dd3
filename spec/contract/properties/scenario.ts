import fc from 'fast-check';

/** What the host does next, or lets happen. */
export type Action =
  | { readonly do: 'happen'; readonly adapter: number; readonly symbol: string }
  | { readonly do: 'pass'; readonly ms: number }
  /** The sink answers the oldest call that waits for its answer. */
  | { readonly do: 'answer'; readonly adapter: number; readonly win32: number };

/** How the sink takes one call: answers, refuses, answers later (or never), or calls back first. */
export type Mood =
  | { readonly mood: 'accepts' | 'refuses' | 'waits' }
  | { readonly mood: 'calls back'; readonly adapter: number; readonly symbol: string };

export interface Scenario {
  readonly actions: ReadonlyArray<Action>;
  /** For each adapter, call by call, and from the beginning again. */
  readonly moods: ReadonlyArray<ReadonlyArray<Mood>>;
}

export const ADAPTERS = [0, 1, 2] as const;

/** Every handler and indication, valid and invalid; what each character is stands in `arena.ts`. */
const USUAL = 'PPPX11133uuvvReSDZ';
const SYMBOLS = `${USUAL}${USUAL}iiOQFpSTB?13geQjlxmuUvRNIrnakfLAyYhwCtMHWcdo`;

const symbol = fc.constantFrom(...SYMBOLS);
const adapter = fc.constantFrom(...ADAPTERS);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant('happen' as const), adapter, symbol }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 1, 1, 500, 40_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), adapter, win32: fc.constantFrom(0, 0, 31) }) },
);

const mood = (callers: fc.Arbitrary<number>): fc.Arbitrary<Mood> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<Mood>({ mood: 'accepts' }) },
    { weight: 1, arbitrary: fc.constant<Mood>({ mood: 'refuses' }) },
    { weight: 2, arbitrary: fc.constant<Mood>({ mood: 'waits' }) },
    { weight: 3, arbitrary: fc.record({ mood: fc.constant('calls back' as const), adapter: callers, symbol }) },
  );

const shownMood = (mood: Mood): string =>
  mood.mood === 'calls back' ? `calls ${'ABC'[mood.adapter]}:${mood.symbol}` : mood.mood;

const shownAction = (action: Action): string => {
  if (action.do === 'pass') return `+${action.ms}ms`;
  const name = 'ABC'[action.adapter];
  return action.do === 'happen' ? `${name}:${action.symbol}` : `${name}:answer(${action.win32})`;
};

/** One line for the host, one for each adapter's sink. */
export const shown = ({ actions, moods }: Scenario): string => {
  const host = `\n  host   ${actions.map(shownAction).join(' ')}`;
  return host + moods.map((own, index) => `\n  sink ${'ABC'[index]} ${own.map(shownMood).join(', ')}`).join('');
};

const legible = (scenario: Scenario): Scenario =>
  Object.defineProperty({ ...scenario }, fc.toStringMethod, { value: () => shown(scenario), enumerable: false });

const scenarioOf = (moods: fc.Arbitrary<ReadonlyArray<Mood>[]>): fc.Arbitrary<Scenario> =>
  fc.record({ actions: fc.array(action, { maxLength: 60, size: 'max' }), moods }).map(legible);

const moodsBy = (caller: (index: number) => fc.Arbitrary<number>): fc.Arbitrary<ReadonlyArray<Mood>[]> =>
  fc.tuple(...ADAPTERS.map((index) => fc.array(mood(caller(index)), { maxLength: 16 })));

/** Sinks that call back, for whatever adapter. */
export const anyScenario = scenarioOf(moodsBy(() => adapter));

/** Sinks that call back for their own adapter only. */
export const selfishScenario = scenarioOf(moodsBy((index) => fc.constant(index)));

/** Sinks that never call back. */
export const calmScenario: fc.Arbitrary<Scenario> = selfishScenario.map(({ actions, moods }) =>
  legible({ actions, moods: moods.map((own) => own.filter((one) => one.mood !== 'calls back')) }),
);

/** 10,000 runs over all properties; the seed is printed, and taken from the environment to see a failure again. */
const seed = Number(process.env['POSTASSOC_SEED'] ?? Date.now() & 0x7fffffff);

export const seeded = (numRuns: number): fc.Parameters<unknown> => ({ seed, numRuns, endOnFailure: false });
export const seedText = `POSTASSOC_SEED=${seed}`;

import fc from 'fast-check';
import { seed } from '../../support/seed.js';

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
const SYMBOLS = 'PPPEX11133uuvvReeSSDDZZiiiOQFpSTB?13geQjlxmuUvRNIrnakfLAyYhwCtMHWcdo';

/** What a host does when nothing goes wrong, in various ways; each adapter follows one, over and over. */
const PLANS = [
  'P1u3vvgu',
  'P1u3v1u3vgv',
  'P1u3vSP1u3vB',
  'akP1u3vgZ',
  'Qjulv?j',
  'XR1u3veeR1u3v',
  'XeeRe1u3vN',
  'Xe1IR3uvgSXN',
  'HeRZH3eSP1u3v',
  'OSP1u3vO',
  'oyoLW1u3F1u3',
  'E1u3vC3vgE13Cv1u3v',
  'APP1u3vQjulvT',
] as const;

type Step = Action | { readonly do: 'go on'; readonly adapter: number };

const symbol = fc.constantFrom(...SYMBOLS);
const adapter = fc.constantFrom(...ADAPTERS);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: fc.record({ do: fc.constant('go on' as const), adapter }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('happen' as const), adapter, symbol }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 1, 1, 500, 40_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), adapter, win32: fc.constantFrom(0, 0, 31) }) },
);

/** Puts the next character of its adapter's plan where a step goes on with it. */
const planned = (steps: ReadonlyArray<Step>, plans: ReadonlyArray<string>): ReadonlyArray<Action> => {
  const reached = ADAPTERS.map(() => 0);
  return steps.map((next) => {
    if (next.do !== 'go on') return next;
    const plan = plans[next.adapter] ?? 'P';
    const at = reached[next.adapter] ?? 0;
    reached[next.adapter] = at + 1;
    return { do: 'happen', adapter: next.adapter, symbol: plan.charAt(at % plan.length) };
  });
};

const mood = (callers: fc.Arbitrary<number>): fc.Arbitrary<Mood> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constant<Mood>({ mood: 'accepts' }) },
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

const plans = fc.tuple(...ADAPTERS.map(() => fc.constantFrom(...PLANS)));

const scenarioOf = (moods: fc.Arbitrary<ReadonlyArray<Mood>[]>): fc.Arbitrary<Scenario> =>
  fc
    .record({ steps: fc.array(step, { maxLength: 70, size: 'max' }), plans, moods })
    .map((drawn) => legible({ actions: planned(drawn.steps, drawn.plans), moods: drawn.moods }));

const moodsBy = (caller: (index: number) => fc.Arbitrary<number>): fc.Arbitrary<ReadonlyArray<Mood>[]> =>
  fc.tuple(...ADAPTERS.map((index) => fc.array(mood(caller(index)), { maxLength: 16 })));

/** Sinks that call back, for whatever adapter. */
export const anyScenario = scenarioOf(moodsBy(() => adapter));

const isEverybodys = (mood: Mood): boolean => mood.mood === 'calls back' && mood.symbol === 'L';

/** Sinks that call back for their own adapter only. */
export const selfishScenario: fc.Arbitrary<Scenario> = scenarioOf(moodsBy((index) => fc.constant(index))).map(
  ({ actions, moods }) => legible({ actions, moods: moods.map((own) => own.filter((mood) => !isEverybodys(mood))) }),
);

/** Sinks that never call back. */
export const calmScenario: fc.Arbitrary<Scenario> = selfishScenario.map(({ actions, moods }) =>
  legible({ actions, moods: moods.map((own) => own.filter((one) => one.mood !== 'calls back')) }),
);

/** Ten times as many runs, for whoever has the time: POSTASSOC_EFFORT=10. */
const effort = Number(process.env['POSTASSOC_EFFORT'] ?? 1);

export const seeded = (numRuns: number): fc.Parameters<unknown> => ({ seed, numRuns: numRuns * effort });
/** Printed with every run, to see a failure again. */
export const seedText = `POSTASSOC_SEED=${seed}`;

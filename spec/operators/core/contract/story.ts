import { checkEnd, checkStep } from '../../../../operators/core/contract/step.js';
import type { NumberedEntry, Violation } from '../../../../operators/core/contract/Violation.js';
import { emptyWorld } from '../../../../operators/core/contract/world/World.js';
import type { Effect, HostEvent } from '../../../../streams/events/index.js';

/** A line of a story: it has a name to be found by, and either a turn of its own or the turn of the line before it. */
export interface Line {
  readonly as: string;
  readonly inside: boolean;
  readonly wait: number;
  readonly what: { readonly dir: 'in'; readonly event: HostEvent } | { readonly dir: 'out'; readonly event: Effect };
}
export type Story = ReadonlyArray<Line>;
export type Modifier = (story: Story) => Story;

export const host = (as: string, event: HostEvent): Line => ({ as, inside: false, wait: 1000, what: { dir: 'in', event } });
export const api = (as: string, event: Effect): Line => ({ as, inside: false, wait: 1000, what: { dir: 'out', event } });

/** The same line in the same turn as the line before it: inside the handler that is open then. */
export const inside = (line: Line): Line => ({ ...line, inside: true, wait: 0 });
/** The same line, so many microseconds later. */
export const late = (line: Line, wait: number): Line => ({ ...line, wait });

const indexOf = (story: Story, as: string): number => {
  const index = story.findIndex((line) => line.as === as);
  if (index < 0) throw new Error(`the story has no line "${as}"`);
  return index;
};

export const change =
  (as: string, edit: (line: Line) => Line): Modifier =>
  (story) =>
    story.with(indexOf(story, as), edit(story[indexOf(story, as)] as Line));

/** Changes fields of the event of one line. */
export const set = (as: string, fields: object): Modifier =>
  change(as, (line) => ({ ...line, what: { ...line.what, event: { ...line.what.event, ...fields } } as Line['what'] }));

export const without =
  (...names: ReadonlyArray<string>): Modifier =>
  (story) =>
    names.reduce((rest, as) => rest.toSpliced(indexOf(rest, as), 1), story);

export const insertAfter =
  (as: string, ...lines: Story): Modifier =>
  (story) =>
    story.toSpliced(indexOf(story, as) + 1, 0, ...lines);

export const insertBefore =
  (as: string, ...lines: Story): Modifier =>
  (story) =>
    story.toSpliced(indexOf(story, as), 0, ...lines);

export const upTo =
  (as: string): Modifier =>
  (story) =>
    story.slice(0, indexOf(story, as) + 1);

export const startingAt =
  (as: string): Modifier =>
  (story) =>
    story.slice(indexOf(story, as));

/** Moves one line to the end of the turn of another. */
export const move =
  (as: string, { after: other }: { readonly after: string }): Modifier =>
  (story) =>
    insertAfter(other, story[indexOf(story, as)] as Line)(without(as)(story));

export const all =
  (...modifiers: ReadonlyArray<Modifier>): Modifier =>
  (story) =>
    modifiers.reduce((changed, modifier) => modifier(changed), story);

export const numbered = (story: Story): ReadonlyArray<NumberedEntry> => {
  let at = 0;
  return story.map(({ what, wait }, index) => {
    at += wait;
    return { n: index + 1, at, ...what };
  });
};

export const lineOf = (story: Story, as: string): number => indexOf(story, as) + 1;

export const check = (entries: ReadonlyArray<NumberedEntry>, options = {}): ReadonlyArray<Violation> => {
  const world = emptyWorld();
  const step = checkStep(options);
  return [...entries.flatMap((entry) => step(world, entry).violations), ...checkEnd(world)];
};

/** What is found in a story, as `rule at the name of its line`. */
export const findings = (story: Story, options = {}): ReadonlyArray<string> =>
  check(numbered(story), options).map(({ rule, event }) => `${rule} at ${story[event - 1]?.as}`);

import type { AirFrame, AirKind } from './AirFrame.js';
import type { Forgery } from './Forgery.js';

/** What becomes of a frame on the way. `lost` was sent and nobody heard it; `twice` is heard twice. */
export type Fate = 'lost' | 'twice';

/** What a medium does about frames of a kind. */
export interface Rule {
  readonly frame: AirKind | 'any';
  readonly by?: 'ap' | 'station';
  /** Those for everybody, or those that are not; both if it is left out. */
  readonly isToAll?: boolean;
  /** Which of them, counted from 1; all of them if it is left out. */
  readonly nth?: number;
  readonly fate?: Fate;
  /** What is forged before it is heard, and after. */
  readonly before?: ReadonlyArray<Forgery>;
  readonly after?: ReadonlyArray<Forgery>;
  /** A command of the shell that is started then. */
  readonly run?: string;
}

/** How many frames of each kind there were. */
export type Tally = ReadonlyMap<string, number>;

type Named = Pick<AirFrame, 'kind' | 'by'>;

const nameOf = ({ kind, by }: Named, isToAll?: boolean): string => {
  const name = `${by} ${kind}`;
  return isToAll === undefined ? name : `${name} to ${isToAll ? 'all' : 'one'}`;
};

export const counted = (tally: Tally, frame: AirFrame): Tally => {
  const names = [nameOf(frame), nameOf(frame, frame.isGroup)];
  return new Map([...tally, ...names.map((name): [string, number] => [name, (tally.get(name) ?? 0) + 1])]);
};

/** The rules for a frame that was counted already. */
export const rulesFor = (rules: ReadonlyArray<Rule>, tally: Tally, frame: AirFrame): ReadonlyArray<Rule> =>
  rules.filter(
    (rule) =>
      (rule.frame === frame.kind || rule.frame === 'any') &&
      (rule.by === undefined || rule.by === frame.by) &&
      (rule.isToAll === undefined || rule.isToAll === frame.isGroup) &&
      (rule.nth === undefined || rule.nth === tally.get(nameOf(frame, rule.isToAll))),
  );

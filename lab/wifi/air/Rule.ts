import type { AirFrame, AirKind } from './AirFrame.js';
import type { Forgery } from './Forgery.js';

/** What becomes of a frame on the way. `lost` was sent and nobody heard it; `twice` is heard twice. */
export type Fate = 'lost' | 'twice';

/** What a medium does about frames of a kind. */
export interface Rule {
  readonly frame: AirKind | 'any';
  readonly by?: 'ap' | 'station';
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

const nameOf = ({ kind, by }: AirFrame): string => `${by} ${kind}`;

export const counted = (tally: Tally, frame: AirFrame): Tally =>
  new Map(tally).set(nameOf(frame), (tally.get(nameOf(frame)) ?? 0) + 1);

/** The rules for a frame that was counted already. */
export const rulesFor = (rules: ReadonlyArray<Rule>, tally: Tally, frame: AirFrame): ReadonlyArray<Rule> =>
  rules.filter(
    (rule) =>
      (rule.frame === frame.kind || rule.frame === 'any') &&
      (rule.by === undefined || rule.by === frame.by) &&
      (rule.nth === undefined || rule.nth === tally.get(nameOf(frame))),
  );

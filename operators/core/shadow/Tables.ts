import type { Mac48 } from '../../../streams/air/index.js';
import type { Attempt } from './Attempt.js';
import { Chain } from './Chain.js';

/** The connections of one access point. */
export interface Cell {
  readonly members: Chain<Attempt>;
  /** A member whose keys open what is sent to all. One is enough. */
  listener: Attempt | undefined;
}

/** Stations and access points with what they have open, which is all that is kept of them. */
export interface Tables {
  add(attempt: Attempt): void;
  remove(attempt: Attempt): void;
  /** In the order they began. */
  attemptsOf(station: Mac48): ReadonlyArray<Attempt>;
  cellOf(ap: Mac48): Cell | undefined;
}

const NONE: ReadonlyArray<Attempt> = [];

/** Stations whose addresses end alike are one crowd. */
const CROWDS = 2 ** 14;
const crowdOf = (station: Mac48): number => station & (CROWDS - 1);

export const createTables = (): Tables => {
  const stations = new Map<Mac48, Attempt[]>();
  /** How many connections each crowd has. Whoever is asked about mostly has none, and to look up a number of 48 bits takes longer. */
  const crowds = new Uint32Array(CROWDS);
  const cells = new Map<Mac48, Cell>();
  /** The station that was asked about last, and what it has: a conversation is several frames, and several questions about each. */
  let latest: Mac48 | undefined;
  let latestOwn = NONE;

  const ownOf = (station: Mac48): ReadonlyArray<Attempt> => {
    if (station === latest) return latestOwn;
    latest = station;
    latestOwn = stations.get(station) ?? NONE;
    return latestOwn;
  };

  const cellFor = (ap: Mac48): Cell => {
    const known = cells.get(ap);
    if (known !== undefined) return known;
    const cell: Cell = { members: new Chain(), listener: undefined };
    cells.set(ap, cell);
    return cell;
  };

  const leaveCell = (attempt: Attempt): void => {
    const cell = cells.get(attempt.ap);
    if (cell === undefined) return;
    if (attempt.membership !== undefined) cell.members.remove(attempt.membership);
    attempt.membership = undefined;
    if (cell.listener === attempt) cell.listener = undefined;
    if (cell.members.size === 0) cells.delete(attempt.ap);
  };

  return {
    add: (attempt) => {
      crowds[crowdOf(attempt.station)] = (crowds[crowdOf(attempt.station)] ?? 0) + 1;
      latest = undefined;
      const own = stations.get(attempt.station);
      if (own === undefined) stations.set(attempt.station, [attempt]);
      else own.push(attempt);
      attempt.membership = cellFor(attempt.ap).members.add(attempt);
    },
    remove: (attempt) => {
      const own = stations.get(attempt.station) ?? [];
      const at = own.indexOf(attempt);
      if (at < 0) return;
      crowds[crowdOf(attempt.station)] = (crowds[crowdOf(attempt.station)] ?? 0) - 1;
      own.splice(at, 1);
      if (own.length === 0) stations.delete(attempt.station);
      latest = undefined;
      leaveCell(attempt);
    },
    attemptsOf: (station) => (crowds[crowdOf(station)] === 0 ? NONE : ownOf(station)),
    cellOf: (ap) => cells.get(ap),
  };
};

import type { Mac48, Mark } from '../../../streams/air/index.js';
import { type Attempt, createAttempt, type First, type MovingMark, markOf, type Opening, type Phase } from './Attempt.js';
import { type Announcements, createAnnouncements } from './announcements.js';
import { type CaptureClock, createCaptureClock } from './CaptureClock.js';
import { createLifetimes, type LifetimeOptions, type Lifetimes } from './Lifetimes.js';
import { createRequests, type Requests } from './requests.js';
import { createTables } from './Tables.js';

/** The books of who is connected with whom: a look-up for each event, and never a walk over all. */
export interface Register extends Lifetimes {
  readonly clock: CaptureClock;
  readonly announcements: Announcements;
  readonly requests: Requests;
  /** The newest attempt of the two in this phase. One that was silent for too long is no longer there. */
  find(station: Mac48, ap: Mac48, phase: Phase): Attempt | undefined;
  /** All of a station; good until the next change. */
  attemptsOf(station: Mac48): ReadonlyArray<Attempt>;
  membersOf(ap: Mac48): Iterable<Attempt>;
  begin(first: First, opening: Opening): Attempt;
  /** A frame of its own was heard. */
  touch(attempt: Attempt, mark: Mark, isByStation: boolean): void;
  /** Either address of an attempt on a wire became known. */
  move(attempt: Attempt, station: Mac48, ap: Mac48): void;
  /** Whoever hears what an access point sends to all. */
  listenerOf(ap: Mac48): Attempt | undefined;
  volunteer(attempt: Attempt): void;
  lose(frames: number): void;
}

export interface RegisterOptions extends LifetimeOptions {
  /** More attempts than these are not kept: the one that began first has to go. */
  readonly mostOpen: number;
  readonly isTaped?: boolean;
}

/** A station has few connections at a time, however many access points it, or somebody in its name, tries. */
const MOST_OF_A_STATION = 16;

const moveTo = (mark: MovingMark, { frame, time }: Mark): void => {
  mark.frame = frame;
  mark.time = time;
};

export const createRegister = (options: RegisterOptions): Register => {
  const clock = createCaptureClock();
  const announcements = createAnnouncements();
  const requests = createRequests();
  const tables = createTables();
  const { add, remove, attemptsOf, cellOf } = tables;
  const lifetimes = createLifetimes(options, clock, tables);
  const { open, start, retire, isStale } = lifetimes;
  let lost = 0;

  const find = (station: Mac48, ap: Mac48, phase: Phase): Attempt | undefined => {
    const own = attemptsOf(station);
    for (let i = own.length - 1; i >= 0; i -= 1) {
      const attempt = own[i];
      if (attempt?.ap === ap && attempt.phase === phase && !isStale(attempt)) return attempt;
    }
    return;
  };

  return {
    ...{ clock, announcements, requests, attemptsOf },
    ...lifetimes,
    find,
    membersOf: (ap) => cellOf(ap)?.members ?? [],
    begin: (first, opening) => {
      const own = attemptsOf(first.station);
      const [oldest] = own;
      if (own.length >= MOST_OF_A_STATION && oldest !== undefined) retire(oldest, 'quiet');
      const { first: eldest } = open;
      if (eldest !== undefined && open.size >= options.mostOpen) retire(eldest, 'quiet');
      const announced = announcements.of(first.ap);
      const attempt = createAttempt(first, opening, {
        announced,
        elapsed: clock.elapsed,
        lost,
        isTaped: options.isTaped === true,
      });
      start(attempt);
      return attempt;
    },
    touch: (attempt, mark, isByStation) => {
      moveTo(attempt.last, mark);
      attempt.lostAtLast = lost;
      if (isByStation && attempt.stationHeard !== undefined) moveTo(attempt.stationHeard, mark);
      else if (isByStation) attempt.stationHeard = markOf(mark);
      if (attempt.phase !== 'over') attempt.heardAt = clock.elapsed;
    },
    move: (attempt, station, ap) => {
      if (attempt.station === station && attempt.ap === ap) return;
      remove(attempt);
      attempt.station = station;
      attempt.ap = ap;
      add(attempt);
    },
    listenerOf: (ap) => cellOf(ap)?.listener,
    volunteer: (attempt) => {
      const cell = cellOf(attempt.ap);
      if (cell !== undefined && attempt.phase === 'associated') cell.listener ??= attempt;
    },
    lose: (frames) => {
      lost += frames;
    },
  };
};

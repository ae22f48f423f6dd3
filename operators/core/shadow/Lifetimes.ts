import type { Mac48, Mark } from '../../../streams/air/index.js';
import { type Attempt, markOf } from './Attempt.js';
import type { CaptureClock } from './CaptureClock.js';
import { Chain } from './Chain.js';
import type { Connection } from './Connection.js';
import { createExpiryQueue, type ExpiryQueue } from './ExpiryQueue.js';
import { createNewcomers } from './Newcomers.js';
import { ssidOf } from './Scene.js';
import type { Tables } from './Tables.js';
import { isThrough, type ObserverTimeouts, patienceOf } from './timeouts.js';
import { foldCall, isVainCall } from './vainCalls.js';

export interface LifetimeOptions {
  readonly timeouts: ObserverTimeouts;
  readonly lastHeard: (ap: Mac48) => Mark | undefined;
  /** Whether a silent attempt was left by its access point. */
  readonly silence: (attempt: Attempt) => 'gone' | 'quiet';
  readonly handOut: (attempt: Attempt) => void;
}

/** So many others may begin before a connection has to be through: hundreds a second, and a handshake takes a fraction of one. */
const MOST_NEWCOMERS = 2_048;

const isEstablished = (attempt: Attempt): boolean => attempt.phase === 'associated' && isThrough(attempt);

const stopListening = (tables: Tables, attempt: Attempt): void => {
  const cell = tables.cellOf(attempt.ap);
  if (cell?.listener === attempt) cell.listener = undefined;
};

/** Whatever comes now comes late. */
const close = (attempt: Attempt, end: NonNullable<Attempt['end']>, elapsed: number, apHeard: Mark | undefined): void => {
  attempt.end = end;
  attempt.phase = 'over';
  attempt.heardAt = elapsed;
  attempt.apHeard = apHeard;
  attempt.isSettled = attempt.announced !== undefined && ssidOf(attempt) !== undefined && apHeard !== undefined;
};

const deadlines = (timeouts: ObserverTimeouts) => {
  const deadlineOf = (attempt: Attempt): number => attempt.heardAt + patienceOf(attempt, timeouts);
  return {
    deadlineOf,
    /** Whether this was called in vain before the connection was over. */
    isCallIn: (standing: Attempt, call: Attempt): boolean =>
      isVainCall(standing, call) && deadlineOf(standing) >= deadlineOf(call),
  };
};

const createQueues = () => {
  const settled = createExpiryQueue<Attempt>();
  const others = createExpiryQueue<Attempt>();
  return {
    settled,
    of: ({ isSettled }: Attempt): ExpiryQueue<Attempt> => (isSettled ? settled : others),
    expire: (now: number, review: (attempt: Attempt) => void): void => {
      settled.expire(now, review);
      others.expire(now, review);
    },
  };
};

/** From its first frame to its handing out: every attempt is in the queue of those to be looked at again. */
export interface Lifetimes {
  /** All that are not handed out, in the order they began. */
  readonly open: Pick<Chain<Attempt>, 'size' | 'first'> & Iterable<Attempt>;
  start(attempt: Attempt): void;
  /** It is over, but lingers for what comes late. */
  end(attempt: Attempt, how: Connection['ending'], mark: Mark): void;
  /** It leaves the books, and is handed out. */
  retire(attempt: Attempt, how: Connection['ending']): void;
  /** Whether it was silent for too long; then it was retired. */
  isStale(attempt: Attempt): boolean;
  expire(): void;
  /** The same for those that are settled only: in between it makes no difference but that they leave memory. */
  expireSettled(): void;
}

export const createLifetimes = (options: LifetimeOptions, clock: CaptureClock, tables: Tables): Lifetimes => {
  const { timeouts, lastHeard, silence, handOut } = options;
  const queues = createQueues();
  const newcomers = createNewcomers(MOST_NEWCOMERS);
  const open = new Chain<Attempt>();

  const schedule = (attempt: Attempt): void => {
    attempt.patience = patienceOf(attempt, timeouts);
    queues.of(attempt).schedule(attempt, attempt.heardAt + attempt.patience);
  };

  const { deadlineOf, isCallIn } = deadlines(timeouts);

  const retireAlone = (attempt: Attempt, how: Connection['ending']): void => {
    if (attempt.presence === undefined) return;
    open.remove(attempt.presence);
    attempt.presence = undefined;
    queues.of(attempt).cancel(attempt);
    newcomers.dismiss(attempt);
    tables.remove(attempt);
    attempt.apHeard ??= lastHeard(attempt.ap);
    attempt.end ??= { mark: attempt.last, how };
    const standing = tables.attemptsOf(attempt.station).find((other) => isCallIn(other, attempt));
    if (standing === undefined) handOut(attempt);
    else foldCall(standing, attempt);
  };

  /** Calls whose time was over before come first, whoever is looked at first. */
  const settleCalls = (standing: Attempt): void => {
    if (standing.phase !== 'associated') return;
    for (const call of [...tables.attemptsOf(standing.station)]) {
      if (isCallIn(standing, call) && deadlineOf(call) < clock.elapsed) retireAlone(call, 'quiet');
    }
  };

  const retire = (attempt: Attempt, how: Connection['ending']): void => {
    settleCalls(attempt);
    retireAlone(attempt, how);
  };

  /** Patience grows with what was reached, and that is only looked at when it has run out. */
  const review = (attempt: Attempt): void => {
    schedule(attempt);
    if (clock.elapsed > attempt.heardAt + attempt.patience) retire(attempt, silence(attempt));
  };

  return {
    open,
    start: (attempt) => {
      tables.add(attempt);
      attempt.presence = open.add(attempt);
      schedule(attempt);
      const former = newcomers.admit(attempt);
      if (former !== undefined && !isEstablished(former)) retire(former, 'quiet');
    },
    end: (attempt, how, mark) => {
      settleCalls(attempt);
      queues.of(attempt).cancel(attempt);
      close(attempt, { mark: markOf(mark), how }, clock.elapsed, lastHeard(attempt.ap));
      stopListening(tables, attempt);
      schedule(attempt);
    },
    retire,
    isStale: (attempt) => {
      if (clock.elapsed - attempt.heardAt <= attempt.patience) return false;
      review(attempt);
      return attempt.presence === undefined;
    },
    expire: () => queues.expire(clock.elapsed, review),
    expireSettled: () => queues.settled.expire(clock.elapsed, review),
  };
};

import { SECOND } from './CaptureClock.js';
import { Chain, type Link } from './Chain.js';

/** Those that wait for the same time. */
interface Bucket<T> {
  readonly number: number;
  readonly waiting: Chain<T>;
}

/** What is to be looked at again at some time: it remembers where it waits. */
export interface Expiring<T> {
  bucket: Bucket<T> | undefined;
  turn: Link<T> | undefined;
}

/** Who is due when, by the second: the cost of a look is that of those who are due, however many wait. */
export interface ExpiryQueue<T extends Expiring<T>> {
  /** In place of any earlier time. */
  schedule(item: T, time: number): void;
  cancel(item: T): void;
  /** Those whose time has come leave the queue, and each may come back. */
  expire(now: number, review: (item: T) => void): void;
}

const leave = <T extends Expiring<T>>(item: T): void => {
  const { bucket, turn } = item;
  if (bucket === undefined || turn === undefined) return;
  bucket.waiting.remove(turn);
  item.bucket = undefined;
  item.turn = undefined;
};

const bucketAfter = (time: number): number => Math.floor(time / SECOND) + 1;

export const createExpiryQueue = <T extends Expiring<T>>(): ExpiryQueue<T> => {
  const buckets = new Map<number, Bucket<T>>();
  let reached = 0;

  const bucketOf = (number: number): Bucket<T> => {
    const known = buckets.get(number);
    if (known !== undefined) return known;
    const bucket: Bucket<T> = { number, waiting: new Chain() };
    buckets.set(number, bucket);
    return bucket;
  };

  const schedule = (item: T, time: number): void => {
    const number = Math.max(bucketAfter(time), reached + 1);
    if (item.bucket?.number === number) return;
    leave(item);
    item.bucket = bucketOf(number);
    item.turn = item.bucket.waiting.add(item);
  };

  const empty = (number: number, review: (item: T) => void): void => {
    const bucket = buckets.get(number);
    if (bucket === undefined) return;
    buckets.delete(number);
    const { waiting } = bucket;
    for (let item = waiting.first; item !== undefined; item = waiting.first) {
      leave(item);
      review(item);
    }
  };

  const expire = (now: number, review: (item: T) => void): void => {
    const from = reached + 1;
    const until = Math.floor(now / SECOND);
    if (until < from) return;
    reached = until;
    // After a leap there are more seconds than buckets.
    if (until - from > buckets.size) {
      const due = [...buckets.keys()].filter((number) => number <= until);
      for (const number of due.sort((a, b) => a - b)) empty(number, review);
    } else for (let number = from; number <= until; number += 1) empty(number, review);
  };

  return { schedule, cancel: leave, expire };
};

import { SECOND } from './CaptureClock.js';

/** What is to be looked at again at some time: it remembers in which bucket it waits. */
export interface Expiring {
  bucket: number | undefined;
}

/** Who is due when, by the second: the cost of a look is that of those who are due, however many wait. */
export interface ExpiryQueue<T extends Expiring> {
  /** In place of any earlier time. */
  schedule(item: T, time: number): void;
  cancel(item: T): void;
  /** Those whose time has come leave the queue, and each may come back. */
  expire(now: number, review: (item: T) => void): void;
}

const bucketAfter = (time: number): number => Math.floor(time / SECOND) + 1;

export const createExpiryQueue = <T extends Expiring>(): ExpiryQueue<T> => {
  const buckets = new Map<number, Set<T>>();
  let reached = 0;

  const cancel = (item: T): void => {
    if (item.bucket === undefined) return;
    const bucket = buckets.get(item.bucket);
    bucket?.delete(item);
    if (bucket?.size === 0) buckets.delete(item.bucket);
    item.bucket = undefined;
  };

  const schedule = (item: T, time: number): void => {
    const number = Math.max(bucketAfter(time), reached + 1);
    if (item.bucket === number) return;
    cancel(item);
    item.bucket = number;
    const bucket = buckets.get(number);
    if (bucket === undefined) buckets.set(number, new Set([item]));
    else bucket.add(item);
  };

  const empty = (number: number, review: (item: T) => void): void => {
    const bucket = buckets.get(number);
    if (bucket === undefined) return;
    buckets.delete(number);
    for (const item of bucket) item.bucket = undefined;
    for (const item of bucket) review(item);
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

  return { schedule, cancel, expire };
};

import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import TinyQueue from 'tinyqueue';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  readonly subscription: Subscription;
}

const sooner = (a: Due, b: Due): number => a.at - b.at || a.order - b.order;

/**
 * A scheduler whose time is moved by hand: by the timestamps of a log, or by a real clock (see `LiveClock`).
 *
 * It is a heap, so ten thousand waiting ports cost a logarithm, and a host needs one timer for all of them. Whoever moves it
 * to an event's time first and hands the event over second gets the same order of timers and events live and replayed.
 *
 * @example
 * const clock = new LogicalClock();
 * timer(30_000, clock).subscribe(() => console.log('half a minute of log time'));
 * clock.advanceTo(31_000);
 *
 * @since 0.1.0
 */
export class LogicalClock implements SchedulerLike {
  #queue = new TinyQueue<Due>([], sooner);
  #now: number;
  #scheduled = 0;
  #cancelled = 0;

  constructor(startsAt = 0) {
    this.#now = startsAt;
  }

  /** Milliseconds, with microseconds behind the point. */
  now(): number {
    return this.#now;
  }

  /** When the next action is due, `undefined` when none is. */
  get nextDue(): number | undefined {
    this.#dropCancelled();
    return this.#queue.peek()?.at;
  }

  /** Runs what is due until then, in order of time. Time never runs backwards: an earlier moment changes nothing. */
  advanceTo(moment: number): void {
    for (let due = this.#takeDue(moment); due !== undefined; due = this.#takeDue(moment)) {
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = Math.max(this.#now, moment);
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    const clock = this;
    const action = Object.assign(new Subscription(() => this.#forget()), {
      schedule(nextState?: T, nextDelay = 0): Subscription {
        if (!action.closed) clock.#enqueue(action, () => work.call(action, nextState), nextDelay);
        return action;
      },
    }) as SchedulerAction<T>;
    return action.schedule(state, delay);
  }

  #enqueue(subscription: Subscription, run: () => void, delay: number): void {
    this.#queue.push({ at: this.#now + Math.max(0, delay), order: this.#scheduled++, run, subscription });
  }

  /** Most timers are cancelled long before they are due; what they hold must not wait until then to be let go. */
  #forget(): void {
    this.#cancelled++;
    if (this.#cancelled <= 64 || this.#cancelled * 2 <= this.#queue.length) return;
    this.#cancelled = 0;
    this.#queue = new TinyQueue(
      this.#queue.data.filter(({ subscription }) => !subscription.closed),
      sooner,
    );
  }

  #dropCancelled(): void {
    while (this.#queue.peek()?.subscription.closed) this.#queue.pop();
  }

  #takeDue(moment: number): Due | undefined {
    this.#dropCancelled();
    const next = this.#queue.peek();
    return next !== undefined && next.at <= moment ? this.#queue.pop() : undefined;
  }
}

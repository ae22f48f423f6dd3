import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { LogicalClock } from './LogicalClock.js';

/** The functions of a host that tell and await real time. */
export interface RealTime {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const HOST: RealTime = {
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** A log counts whole microseconds; a clock that knows more would tell apart what a replay cannot. */
const inMicroseconds = (ms: number): number => Math.floor(ms * 1_000) / 1_000;

/** The longest delay a host timer takes; a later one is set again on the way. */
const LONGEST_MS = 0x7fffffff;

/**
 * A `LogicalClock` kept in step with real time by one host timer, for whatever is due first.
 *
 * Whoever delivers events calls `sync` before each: then a timer that is due fires before the event even when the host was
 * late, and a replay of the log meets the same order.
 *
 * @example
 * const clock = new LiveClock();
 * const door = osCallbacks({ sync: () => clock.sync() });
 *
 * @since 0.1.0
 */
export class LiveClock implements SchedulerLike {
  readonly #logical: LogicalClock;
  readonly #real: RealTime;
  #armed: { readonly at: number; readonly timer: unknown } | undefined;

  constructor(real: RealTime = HOST) {
    this.#real = real;
    this.#logical = new LogicalClock(inMicroseconds(real.now()));
  }

  now(): number {
    return this.#logical.now();
  }

  /** Moves on to the present, running what has become due. */
  sync(): void {
    this.#logical.advanceTo(inMicroseconds(this.#real.now()));
    this.#arm();
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription {
    const action = this.#logical.schedule(work, delay, state);
    action.add(() => this.#rest());
    this.#arm();
    return action;
  }

  /** Lets go of the host timer, so that nothing keeps the process alive. */
  stop(): void {
    if (this.#armed !== undefined) this.#real.clearTimeout(this.#armed.timer);
    this.#armed = undefined;
  }

  #arm(): void {
    const at = this.#logical.nextDue;
    if (at === this.#armed?.at) return;
    this.stop();
    if (at === undefined) return;
    const delay = Math.min(LONGEST_MS, Math.max(0, at - this.#real.now()));
    this.#armed = { at, timer: this.#real.setTimeout(() => this.#wake(), delay) };
  }

  /** R9: when the last action has been cancelled there is nothing to wake up for. */
  #rest(): void {
    if (this.#logical.nextDue === undefined) this.stop();
  }

  #wake(): void {
    this.#armed = undefined;
    this.sync();
  }
}

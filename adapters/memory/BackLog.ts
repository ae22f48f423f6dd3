import type { Dropped, ReceivedFrame } from './receiveFilter.js';

/** What became of a frame that was received. */
export type Arrival = 'delivered' | 'waiting' | Dropped;

const crowdedOut: Dropped = { rule: 'R63', why: 'a newer frame took its place' };

/** Frames are handed over one at a time, in order; those that come meanwhile wait, and when too many do the oldest goes (R63, R85). */
export class BackLog {
  readonly #deliver: (frame: ReceivedFrame) => void;
  readonly #lost: (frame: ReceivedFrame, dropped: Dropped) => void;
  #waiting: ReceivedFrame[] = [];
  #isBusy = false;

  constructor(deliver: (frame: ReceivedFrame) => void, lost: (frame: ReceivedFrame, dropped: Dropped) => void) {
    this.#deliver = deliver;
    this.#lost = lost;
  }

  take(frame: ReceivedFrame, maxBackLog: number): Arrival {
    if (this.#isBusy) return this.#queue(frame, maxBackLog);
    this.#isBusy = true;
    try {
      for (let next: ReceivedFrame | undefined = frame; next !== undefined; next = this.#waiting.shift()) this.#deliver(next);
    } finally {
      this.#isBusy = false;
    }
    return 'delivered';
  }

  clear(): void {
    this.#waiting = [];
  }

  #queue(frame: ReceivedFrame, maxBackLog: number): Arrival {
    this.#waiting.push(frame);
    if (this.#waiting.length <= maxBackLog) return 'waiting';
    const oldest = this.#waiting.shift();
    if (oldest !== undefined) this.#lost(oldest, crowdedOut);
    return oldest === frame ? crowdedOut : 'waiting';
  }
}

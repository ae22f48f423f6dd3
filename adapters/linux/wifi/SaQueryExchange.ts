import { type SchedulerLike, Subscription } from 'rxjs';

/** What a query needs of the world. */
export interface SaQueryWorld {
  readonly scheduler: SchedulerLike;
  /** A number of 16 bits nobody can guess. */
  readonly draw: () => number;
  /** Sends an SA Query Request under the key. */
  readonly ask: (transaction: number) => void;
  /** The access point does not hold the key any more. */
  readonly unanswered: () => void;
}

const TIME_UNIT_MS = 1.024;
/** dot11AssociationSAQueryRetryTimeout and dot11AssociationSAQueryMaximumTimeout as they are by default (IEEE 802.11-2020 C.3). */
const RETRY_MS = 201 * TIME_UNIT_MS;
const PATIENCE_MS = 1_000 * TIME_UNIT_MS;
/** Who is asked all the time is kept from his work: so long an answer is good for. */
const REST_MS = 10_000;

/** Class 2 and 3 frames from somebody who is not known (IEEE 802.11-2020 Table 9-49): what an access point says that has forgotten us. */
const UNKNOWN_TO_IT: ReadonlySet<number> = new Set([6, 7]);

/**
 * The question whether an access point still holds the key of an association with protected management frames, after a farewell in the
 * clear (IEEE 802.11-2020 11.13): a forged one is answered by whom it pretends to come from, a genuine one by nobody.
 */
export class SaQueryExchange {
  readonly #world: SaQueryWorld;
  #running = new Subscription();
  readonly #asked = new Set<number>();
  #answeredAt: number | undefined;

  constructor(world: SaQueryWorld) {
    this.#world = world;
  }

  /** A farewell in the clear came, for this reason. */
  doubt(reason: number): void {
    const now = this.#world.scheduler.now();
    const isResting = this.#answeredAt !== undefined && now - this.#answeredAt < REST_MS;
    if (!UNKNOWN_TO_IT.has(reason) || this.#asked.size > 0 || isResting) return;
    this.#ask(now + PATIENCE_MS);
  }

  hear(transaction: number): void {
    if (!this.#asked.has(transaction)) return;
    this.cancel();
    this.#answeredAt = this.#world.scheduler.now();
  }

  cancel(): void {
    this.#running.unsubscribe();
    this.#asked.clear();
  }

  #ask(until: number): void {
    const { scheduler, draw, ask, unanswered } = this.#world;
    const transaction = draw();
    this.#asked.add(transaction);
    ask(transaction);
    this.#running = scheduler.schedule(() => {
      if (scheduler.now() < until) {
        this.#ask(until);
        return;
      }
      this.cancel();
      unanswered();
    }, RETRY_MS);
  }
}

import type { ApiCall } from '../../streams/events/index.js';
import type { Fault, Misbehaviour } from './fault.js';

/** Which fault strikes which call: the first in the list that is due. */
export class FaultPlan {
  readonly #faults: ReadonlyArray<Fault>;
  readonly #seen = new Map<Fault, number>();

  constructor(faults: ReadonlyArray<Fault>) {
    this.#faults = faults;
  }

  /** Counts the call, and tells what goes wrong with it. */
  strike(call: ApiCall): Misbehaviour | undefined {
    return this.#faults.filter((fault) => this.#isDue(fault, call))[0]?.how;
  }

  #isDue(fault: Fault, call: ApiCall): boolean {
    if (!fault.strikes(call)) return false;
    const count = (this.#seen.get(fault) ?? 0) + 1;
    this.#seen.set(fault, count);
    return fault.nth === undefined || fault.nth === count;
  }
}

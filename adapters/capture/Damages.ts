import type { Damage } from './Capture.js';

const KEPT = 100;

/** The damages of a capture: the first of them, and how many there were. A hostile capture has as many as it likes. */
export class Damages {
  readonly #first: Damage[] = [];
  #count = 0;

  get first(): ReadonlyArray<Damage> {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  note(offset: number, message: string): void {
    this.#count++;
    if (this.#first.length < KEPT) this.#first.push({ offset, message });
  }
}

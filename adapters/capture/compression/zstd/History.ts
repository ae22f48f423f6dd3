/** Memory that nobody has written to costs next to nothing, and what is copied is there twice. */
const GROWTH = 16;

/** What was unpacked last, as far back as a match may reach, and what is being unpacked. */
export class History {
  readonly #largestBlock: number;
  #window = 0;
  #limit = 0;
  #bytes: Uint8Array;
  #end = 0;

  constructor(window: number, largestBlock: number) {
    this.#largestBlock = largestBlock;
    this.#bytes = new Uint8Array(largestBlock);
    this.renew(window);
  }

  /** Forgets everything: what was before is out of reach. */
  renew(window: number): void {
    this.#window = window;
    this.#limit = window + Math.max(Math.ceil(window / 4), 8 * this.#largestBlock);
    this.#end = 0;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get end(): number {
    return this.#end;
  }

  /** Makes room for so much more. Offsets of before are void. */
  makeRoom(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    if (this.#bytes.length < this.#limit) {
      const larger = new Uint8Array(Math.min(this.#limit, GROWTH * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#end));
      this.#bytes = larger;
      this.makeRoom(size);
      return;
    }
    const from = Math.max(this.#end - this.#window, 0);
    this.#bytes.copyWithin(0, from, this.#end);
    this.#end -= from;
  }

  /** Takes what was written behind the end up to here, and answers a copy of it. */
  accept(end: number): Uint8Array {
    const piece = this.#bytes.slice(this.#end, end);
    this.#end = end;
    return piece;
  }
}

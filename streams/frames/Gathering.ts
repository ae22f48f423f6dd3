const FIRST_ROOM = 64;

/** Octets that arrive in pieces, until there are as many as were asked for. Room grows with what has arrived, not with what was announced. */
export class Gathering {
  readonly #wanted: number;
  #room: Uint8Array;
  #have = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
    this.#room = new Uint8Array(Math.min(wanted, FIRST_ROOM));
  }

  get isComplete(): boolean {
    return this.#have === this.#wanted;
  }

  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#have);
  }

  /** Takes from a piece what is missing, and tells how many octets it took. */
  take(piece: Uint8Array, at: number): number {
    const size = Math.min(this.#wanted - this.#have, piece.length - at);
    this.#grow(this.#have + size);
    this.#room.set(piece.subarray(at, at + size), this.#have);
    this.#have += size;
    return size;
  }

  #grow(needed: number): void {
    if (needed <= this.#room.length) return;
    const larger = new Uint8Array(Math.min(this.#wanted, Math.max(needed, 2 * this.#room.length)));
    larger.set(this.#room);
    this.#room = larger;
  }
}

import type { ByteSource } from '../../event-log/ByteSource.js';

/** A decompressor that is fed with pieces and gives pieces. */
export interface Unpacker {
  /** What it gives at a time must be bounded: it may keep what it cannot use yet, and be fed with nothing until it has no more. */
  feed(packed: Uint8Array): void;
  /** Whether it has more to give of what it was fed already. */
  hasMore(): boolean;
  /** There is no more to come. */
  finish(): void;
}

const INPUT = 2 ** 20;
/** Deflate makes at most 1032 octets of one, so what lies in memory between two reads is bounded by this. */
const PIECE = 2 ** 14;
/** What makes more than so much at once is fed in smaller pieces from there on. */
const PLENTY = 2 ** 18;
const NOTHING = new Uint8Array(0);
/** What a decompressor makes of a piece is lost if the piece is damaged, so that the beginning is fed in small ones. */
const FIRST_PIECE = 2 ** 7;

class Unpacking implements ByteSource {
  readonly #source: ByteSource;
  readonly #unpacker: Unpacker;
  readonly #pieces: Uint8Array[] = [];
  readonly #input = new Uint8Array(INPUT);
  #at = 0;
  #end = 0;
  #piece = FIRST_PIECE;
  /** How much was given for the last piece. */
  #given = 0;
  #isFinished = false;
  #failure: Error | undefined;

  constructor(source: ByteSource, unpackerTo: (give: (piece: Uint8Array) => void) => Unpacker) {
    this.#source = source;
    this.#unpacker = unpackerTo((piece) => {
      this.#given += piece.length;
      if (piece.length > 0) this.#pieces.push(piece);
    });
  }

  /** Waits for the source only while it has nothing to give. */
  read(into: Uint8Array): number {
    let filled = 0;
    while (filled < into.length) {
      filled += this.#take(into.subarray(filled));
      if (this.#pieces.length > 0) continue;
      const mayWait = filled === 0;
      if (!this.#unpackMore(mayWait)) break;
    }
    if (filled === 0 && this.#failure !== undefined) throw this.#failure;
    return filled;
  }

  close(): void {
    this.#source.close();
  }

  #take(into: Uint8Array): number {
    let filled = 0;
    while (filled < into.length) {
      const piece = this.#pieces[0];
      if (piece === undefined) break;
      const part = piece.subarray(0, into.length - filled);
      into.set(part, filled);
      filled += part.length;
      if (part.length === piece.length) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(part.length);
    }
    return filled;
  }

  /** What was unpacked before something went wrong is still worth having: the failure is kept until all of it was taken. */
  #unpackMore(mayWait: boolean): boolean {
    if (this.#isFinished) return false;
    try {
      if (this.#unpacker.hasMore()) {
        this.#unpacker.feed(NOTHING);
        return true;
      }
      if (this.#at === this.#end) {
        if (!mayWait) return false;
        [this.#at, this.#end] = [0, this.#source.read(this.#input)];
      }
      this.#feed();
    } catch (error) {
      this.#isFinished = true;
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    return true;
  }

  #feed(): void {
    if (this.#end === 0) {
      this.#isFinished = true;
      this.#unpacker.finish();
      return;
    }
    const to = Math.min(this.#at + this.#piece, this.#end);
    // A copy: an unpacker keeps what it cannot use yet.
    const piece = this.#input.slice(this.#at, to);
    this.#at = to;
    this.#given = 0;
    this.#unpacker.feed(piece);
    this.#piece = this.#given > PLENTY ? FIRST_PIECE : Math.min(2 * this.#piece, PIECE);
  }
}

/** A source of what another one decompresses to, a piece at a time, however much that is. */
export const unpacking = (source: ByteSource, unpackerTo: (give: (piece: Uint8Array) => void) => Unpacker): ByteSource =>
  new Unpacking(source, unpackerTo);

import { BackwardBits } from './BackwardBits.js';
import { History } from './History.js';
import type { HuffmanTable } from './huffman.js';
import { readLiterals } from './literals.js';
import { type RepeatOffsets, runSequences } from './runSequences.js';
import { readSequenceTables, type SequenceTables } from './sequenceTables.js';

/** The most that a block may have, packed or not. */
export const LARGEST_BLOCK = 2 ** 17;
/** A bit stream is read four octets at a time. */
const BEHIND = 4;

/** How many sequences there are, and where what follows that begins (RFC 8878 3.1.1.3.2.1). */
const countAt = (bytes: Uint8Array, at: number): readonly [count: number, end: number] => {
  const [first, second, third] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  if (first < 128) return [first, at + 1];
  if (first < 255) return [((first - 128) << 8) + second, at + 2];
  return [second + (third << 8) + 0x7f00, at + 3];
};

const firstRepeats = (): RepeatOffsets => [1, 4, 8];

/** Unpacks the blocks of frames, one after the other. Its buffers serve all frames: there may be thousands, and each of a few octets. */
export class BlockUnpacker {
  readonly #history = new History(0, LARGEST_BLOCK);
  #repeats = firstRepeats();
  readonly #packed = new Uint8Array(LARGEST_BLOCK + BEHIND);
  #huffman: HuffmanTable | undefined;
  #tables: SequenceTables | undefined;

  /** A frame begins: nothing of the one before counts any more. */
  begin(window: number): void {
    this.#history.renew(window);
    this.#repeats = firstRepeats();
    this.#huffman = undefined;
    this.#tables = undefined;
  }

  raw(bytes: Uint8Array): Uint8Array {
    this.#history.makeRoom(bytes.length);
    this.#history.bytes.set(bytes, this.#history.end);
    return this.#history.accept(this.#history.end + bytes.length);
  }

  repeated(octet: number, size: number): Uint8Array {
    return this.raw(new Uint8Array(size).fill(octet));
  }

  compressed(block: Uint8Array): Uint8Array {
    const packed = this.#packed;
    packed.set(block);
    packed.fill(0, block.length, block.length + BEHIND);
    const literals = readLiterals(packed, block.length, this.#huffman);
    this.#huffman = literals.table;
    const [count, tablesAt] = countAt(packed, literals.end);
    if (tablesAt > block.length) throw new Error('a block that is cut short');
    if (count === 0) return this.raw(literals.bytes.subarray(0, literals.size));
    const [tables, bitsAt] = readSequenceTables(packed, tablesAt, block.length, this.#tables);
    this.#tables = tables;
    const history = this.#history;
    history.makeRoom(LARGEST_BLOCK);
    const room = { bytes: history.bytes, from: history.end, to: history.end + LARGEST_BLOCK, repeats: this.#repeats };
    const bits = new BackwardBits(packed, bitsAt, block.length);
    return history.accept(runSequences(bits, count, tables, literals, room));
  }
}

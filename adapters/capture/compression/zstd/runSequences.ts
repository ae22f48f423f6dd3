import type { BackwardBits } from './BackwardBits.js';
import type { FseTable } from './fse.js';
import type { Literals } from './literals.js';
import { type LengthCodes, literalLengths, matchLengths, type SequenceTables } from './sequenceTables.js';

/** The last three offsets, which are cheap to name again (RFC 8878 3.1.1.5). */
export type RepeatOffsets = [number, number, number];

/** The offset that a value names, and the last three after it. */
const offsetOf = (value: number, repeats: RepeatOffsets, literalLength: number): number => {
  if (value > 3) {
    [repeats[0], repeats[1], repeats[2]] = [value - 3, repeats[0], repeats[1]];
    return value - 3;
  }
  const which = literalLength === 0 ? value : value - 1;
  const offset = which === 3 ? repeats[0] - 1 : (repeats[which as 0 | 1 | 2] ?? 0);
  if (which > 1) repeats[2] = repeats[1];
  if (which > 0) [repeats[0], repeats[1]] = [offset, repeats[0]];
  return offset;
};

/** What the sequences are run on: the buffer, from where on it is written, and how far that may go. */
export interface Room {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly repeats: RepeatOffsets;
}

/** A table, and the state it is in. */
class Coder {
  readonly #table: FseTable;
  #state: number;

  constructor(table: FseTable, bits: BackwardBits) {
    this.#table = table;
    this.#state = bits.read(table.log);
  }

  get symbol(): number {
    return this.#table.symbols[this.#state] ?? 0;
  }

  advance(bits: BackwardBits): void {
    this.#state = (this.#table.bases[this.#state] ?? 0) + bits.read(this.#table.bits[this.#state] ?? 0);
  }
}

const lengthOf = (codes: LengthCodes, code: number, bits: BackwardBits): number =>
  (codes.bases[code] ?? 0) + bits.read(codes.bits[code] ?? 0);

/** Octet by octet: a match may reach into itself. */
const copy = (bytes: Uint8Array, at: number, from: Uint8Array, start: number, size: number): void => {
  for (let i = 0; i < size; i++) bytes[at + i] = from[start + i] ?? 0;
};

/** Runs a block's sequences: literals, then a match, again and again, and what is left of the literals. Answers where it ended. */
export const runSequences = (
  bits: BackwardBits,
  count: number,
  tables: SequenceTables,
  literals: Literals,
  { bytes, from, to, repeats }: Room,
): number => {
  const literalLength = new Coder(tables.literalLength, bits);
  const offset = new Coder(tables.offset, bits);
  const matchLength = new Coder(tables.matchLength, bits);
  let [at, taken] = [from, 0];
  for (let left = count; left > 0; left--) {
    const value = 2 ** offset.symbol + bits.readMany(offset.symbol);
    const size = lengthOf(matchLengths, matchLength.symbol, bits);
    const plain = lengthOf(literalLengths, literalLength.symbol, bits);
    if (left > 1) {
      literalLength.advance(bits);
      matchLength.advance(bits);
      offset.advance(bits);
    }
    const distance = offsetOf(value, repeats, plain);
    const match = at + plain;
    if (taken + plain > literals.size || match + size > to) throw new Error('a block that unpacks to too much');
    if (distance < 1 || distance > match) throw new Error('a match before the beginning');
    copy(bytes, at, literals.bytes, taken, plain);
    copy(bytes, match, bytes, match - distance, size);
    taken += plain;
    at = match + size;
  }
  const end = at + literals.size - taken;
  if (bits.left !== 0 || end > to) throw new Error('a block of another length');
  bytes.set(literals.bytes.subarray(taken, literals.size), at);
  return end;
};

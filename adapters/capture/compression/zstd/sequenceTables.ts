import { type FseLimits, type FseTable, fseTable, readFseTable, repeating } from './fse.js';

/** How many extra bits a code of lengths has, and what is added to them (RFC 8878 3.1.1.3.2.1.1). */
export interface LengthCodes {
  readonly bits: Uint8Array;
  readonly bases: Uint32Array;
}

const lengthCodes = (first: number, bits: ReadonlyArray<number>): LengthCodes => {
  const bases: number[] = [];
  let base = first;
  for (const count of bits) {
    bases.push(base);
    base += 2 ** count;
  }
  return { bits: Uint8Array.from(bits), bases: Uint32Array.from(bases) };
};

const zeros = (count: number): ReadonlyArray<number> => new Array<number>(count).fill(0);

export const literalLengths = lengthCodes(0, [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
export const matchLengths = lengthCodes(3, [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** Of what a sequence has three of. */
interface Kind extends FseLimits {
  readonly predefined: FseTable;
}

// The default distributions: RFC 8878 3.1.1.3.2.2.
const LITERAL_LENGTH = [
  4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
];
const MATCH_LENGTH = [1, 4, 3, 2, 2, 2, 2, 2, 2, ...new Array<number>(37).fill(1), ...new Array<number>(7).fill(-1)];
const OFFSET = [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

export const kinds = {
  literalLength: { log: 9, symbols: 36, predefined: fseTable(LITERAL_LENGTH, 6) },
  offset: { log: 8, symbols: 32, predefined: fseTable(OFFSET, 5) },
  matchLength: { log: 9, symbols: 53, predefined: fseTable(MATCH_LENGTH, 6) },
} satisfies Readonly<Record<string, Kind>>;

/** The tables of a block's sequences, which later blocks may use again. */
export type SequenceTables = Readonly<Record<keyof typeof kinds, FseTable>>;

/** Octets that are read from one end to the other. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly to: number;
}

/** Reads one table by its mode: the predefined one, of one symbol, described here, or that of the block before. */
const readTable = (cursor: Cursor, mode: number, kind: Kind, before: FseTable | undefined): FseTable => {
  if (mode === 0) return kind.predefined;
  if (mode === 1) {
    const symbol = cursor.bytes[cursor.at++] ?? 0;
    if (symbol >= kind.symbols) throw new Error('sequences of an unknown symbol');
    return repeating(symbol);
  }
  if (mode === 2) {
    const [table, end] = readFseTable(cursor.bytes, cursor.at, cursor.to, kind);
    cursor.at = end;
    return table;
  }
  if (before === undefined) throw new Error('sequences without a table');
  return before;
};

/** Reads the tables that a block's sequences begin with (RFC 8878 3.1.1.3.2.1). Answers them, and where the bits begin. */
export const readSequenceTables = (
  bytes: Uint8Array,
  from: number,
  to: number,
  before: SequenceTables | undefined,
): readonly [SequenceTables, number] => {
  const modes = bytes[from] ?? 0;
  if ((modes & 3) !== 0) throw new Error('sequences of an unknown kind');
  const cursor: Cursor = { bytes, at: from + 1, to };
  const literalLength = readTable(cursor, modes >> 6, kinds.literalLength, before?.literalLength);
  const offset = readTable(cursor, (modes >> 4) & 3, kinds.offset, before?.offset);
  const matchLength = readTable(cursor, (modes >> 2) & 3, kinds.matchLength, before?.matchLength);
  return [{ literalLength, offset, matchLength }, cursor.at];
};

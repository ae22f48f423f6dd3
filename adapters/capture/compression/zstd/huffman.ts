import { BackwardBits } from './BackwardBits.js';
import { readFseTable } from './fse.js';

/** A table of a Huffman code (RFC 8878 4.2): for the next `log` bits the symbol, and how many of the bits are its. */
export interface HuffmanTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const LONGEST_CODE = 11;
const MOST_WEIGHTS = 255;
const WEIGHT_LIMITS = { log: 6, symbols: LONGEST_CODE + 2 };

/** Weights, compressed: two states take turns, until there are no bits left for the next one. */
const compressedWeights = (bytes: Uint8Array, from: number, to: number): ReadonlyArray<number> => {
  const [table, at] = readFseTable(bytes, from, to, WEIGHT_LIMITS);
  const bits = new BackwardBits(bytes, at, to);
  const states: [number, number] = [bits.read(table.log), bits.read(table.log)];
  const weights: number[] = [];
  for (let turn: 0 | 1 = 0; weights.length < MOST_WEIGHTS; turn = turn === 0 ? 1 : 0) {
    const state = states[turn];
    weights.push(table.symbols[state] ?? 0);
    const count = table.bits[state] ?? 0;
    if (bits.left < count) {
      weights.push(table.symbols[states[turn === 0 ? 1 : 0]] ?? 0);
      return weights;
    }
    states[turn] = (table.bases[state] ?? 0) + bits.read(count);
  }
  throw new Error('more weights than symbols');
};

const plainWeights = (bytes: Uint8Array, from: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, i) => ((bytes[from + (i >> 1)] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15);

const slotsOf = (weight: number): number => (weight === 0 ? 0 : 1 << (weight - 1));

/** The last weight is not written: it fills the code. */
const completed = (weights: ReadonlyArray<number>): { readonly all: ReadonlyArray<number>; readonly log: number } => {
  const taken = weights.reduce((sum, weight) => sum + slotsOf(weight), 0);
  const log = 32 - Math.clz32(taken);
  const left = (1 << log) - taken;
  const isCode =
    taken > 0 && log <= LONGEST_CODE && (left & (left - 1)) === 0 && weights.every((weight) => weight <= LONGEST_CODE);
  if (!isCode) throw new Error('a Huffman code that cannot be');
  return { all: [...weights, 32 - Math.clz32(left)], log };
};

const tableOf = (weights: ReadonlyArray<number>): HuffmanTable => {
  const { all, log } = completed(weights);
  const [symbols, bits] = [new Uint8Array(1 << log), new Uint8Array(1 << log)];
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    all.forEach((own, symbol) => {
      if (own !== weight) return;
      symbols.fill(symbol, at, at + slotsOf(weight));
      bits.fill(log + 1 - weight, at, at + slotsOf(weight));
      at += slotsOf(weight);
    });
  }
  return { log, symbols, bits };
};

/** Reads the description of a table. Answers the table, and where what follows it begins. */
export const readHuffmanTable = (bytes: Uint8Array, from: number, to: number): readonly [HuffmanTable, number] => {
  const head = bytes[from] ?? 0;
  const end = from + 1 + (head < 128 ? head : (head - 126) >> 1);
  if (end > to) throw new Error('a Huffman code that is cut short');
  const weights = head < 128 ? compressedWeights(bytes, from + 1, end) : plainWeights(bytes, from + 1, head - 127);
  return [tableOf(weights), end];
};

/** Decodes one stream into a part of a buffer. It must end where the part does. */
export const decodeHuffman = (table: HuffmanTable, bits: BackwardBits, into: Uint8Array, from: number, to: number): void => {
  const { log, symbols, bits: sizes } = table;
  for (let at = from; at < to; at++) {
    const code = bits.peek(log);
    into[at] = symbols[code] ?? 0;
    bits.left -= sizes[code] ?? 0;
    if (bits.left < 0) break;
  }
  if (bits.left !== 0) throw new Error('a Huffman stream of another length');
};

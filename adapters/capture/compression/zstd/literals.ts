import { BackwardBits } from './BackwardBits.js';
import { decodeHuffman, type HuffmanTable, readHuffmanTable } from './huffman.js';

/** What a block copies from, before it copies from what was before it. */
export interface Literals {
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Where the sequences begin. */
  readonly end: number;
  /** The code for later blocks that bring none. */
  readonly table: HuffmanTable | undefined;
}

const MOST = 2 ** 17;
const [RAW, RLE, , TREELESS] = [0, 1, 2, 3];

const littleEndian = (bytes: Uint8Array, at: number, size: number): number => {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
};

interface Section {
  readonly size: number;
  readonly packed: number;
  readonly streams: 1 | 4;
  readonly at: number;
}

const plainSection = (bytes: Uint8Array, at: number): Section => {
  const format = ((bytes[at] ?? 0) >> 2) & 3;
  const headSize = format === 1 ? 2 : format === 3 ? 3 : 1;
  const size = littleEndian(bytes, at, headSize) >> (headSize === 1 ? 3 : 4);
  return { size, packed: size, streams: 1, at: at + headSize };
};

const codedSection = (bytes: Uint8Array, at: number): Section => {
  const format = ((bytes[at] ?? 0) >> 2) & 3;
  const [headSize, width] = format < 2 ? [3, 10] : format === 2 ? [4, 14] : [5, 18];
  const head = Math.floor(littleEndian(bytes, at, headSize) / 16);
  return { size: head % 2 ** width, packed: Math.floor(head / 2 ** width), streams: format === 0 ? 1 : 4, at: at + headSize };
};

const decodeStreams = (table: HuffmanTable, bytes: Uint8Array, from: number, to: number, into: Uint8Array): void => {
  const quarter = Math.ceil(into.length / 4);
  let at = from + 6;
  for (let i = 0; i < 4; i++) {
    const end = i < 3 ? at + littleEndian(bytes, from + 2 * i, 2) : to;
    if (end > to || at > end) throw new Error('literals that are cut short');
    const start = Math.min(i * quarter, into.length);
    const stop = i < 3 ? Math.min(start + quarter, into.length) : into.length;
    decodeHuffman(table, new BackwardBits(bytes, at, end), into, start, stop);
    at = end;
  }
};

/** Reads the literals section of a block (RFC 8878 3.1.1.3.1). */
export const readLiterals = (bytes: Uint8Array, to: number, before: HuffmanTable | undefined): Literals => {
  const type = (bytes[0] ?? 0) & 3;
  const isPlain = type === RAW || type === RLE;
  const { size, packed, streams, at } = isPlain ? plainSection(bytes, 0) : codedSection(bytes, 0);
  const end = at + (type === RLE ? 1 : packed);
  if (size > MOST || end > to) throw new Error('literals that are longer than their block');
  if (type === RAW) return { bytes: bytes.subarray(at, end), size, end, table: before };
  if (type === RLE) return { bytes: new Uint8Array(size).fill(bytes[at] ?? 0), size, end, table: before };
  const [table, from] = type === TREELESS ? [before, at] : readHuffmanTable(bytes, at, end);
  if (table === undefined) throw new Error('literals without their code');
  const literals = new Uint8Array(size);
  if (streams === 1) decodeHuffman(table, new BackwardBits(bytes, from, end), literals, 0, size);
  else decodeStreams(table, bytes, from, end, literals);
  return { bytes: literals, size, end, table };
};

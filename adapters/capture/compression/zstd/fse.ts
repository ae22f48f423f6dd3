/** A table of finite state entropy (RFC 8878 4.1): for each state its symbol, and how to come to the next one. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

const LESS_THAN_ONE = -1;

/** Spreads the symbols over the states by how probable they are; what is less probable than one state has one at the end. */
const spread = (counts: ArrayLike<number>, log: number): Uint8Array => {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  let high = size;
  for (let symbol = 0; symbol < counts.length; symbol++) if (counts[symbol] === LESS_THAN_ONE) symbols[--high] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let state = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    for (let i = 0; i < (counts[symbol] ?? 0); i++) {
      symbols[state] = symbol;
      do state = (state + step) & (size - 1);
      while (state >= high);
    }
  }
  return symbols;
};

/** Builds the table of a distribution, whose counts add up to the number of states. */
export const fseTable = (counts: ArrayLike<number>, log: number): FseTable => {
  const size = 1 << log;
  const symbols = spread(counts, log);
  const next = Array.from(counts, Math.abs);
  const [bits, bases] = [new Uint8Array(size), new Uint16Array(size)];
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0;
    const value = next[symbol] ?? 1;
    next[symbol] = value + 1;
    const count = log - (31 - Math.clz32(value));
    bits[state] = count;
    bases[state] = (value << count) - size;
  }
  return { log, symbols, bits, bases };
};

/** The table of a symbol that repeats. */
export const repeating = (symbol: number): FseTable => ({
  log: 0,
  symbols: Uint8Array.of(symbol),
  bits: new Uint8Array(1),
  bases: new Uint16Array(1),
});

/** What a table may be: how fine, and of which symbols. */
export interface FseLimits {
  readonly log: number;
  readonly symbols: number;
}

/** Bits read from the beginning of some octets on. */
class ForwardBits {
  readonly #bytes: Uint8Array;
  bit: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.bit = from * 8;
  }

  /** Looks at up to 16 bits. */
  peek(count: number): number {
    const at = this.bit >> 3;
    const word = (this.#bytes[at] ?? 0) | ((this.#bytes[at + 1] ?? 0) << 8) | ((this.#bytes[at + 2] ?? 0) << 16);
    return (word >>> (this.bit & 7)) & ((1 << count) - 1);
  }

  read(count: number): number {
    const value = this.peek(count);
    this.bit += count;
    return value;
  }
}

/** Reads a value of which there can be no more than `left` and one: the smaller ones are written with a bit less, as far as that goes. */
const readCount = (bits: ForwardBits, left: number): number => {
  const width = 32 - Math.clz32(left + 1);
  const short = 2 ** width - 2 - left;
  if (bits.peek(width - 1) < short) return bits.read(width - 1) - 1;
  const value = bits.read(width);
  return (value < 2 ** (width - 1) ? value : value - short) - 1;
};

/** How many symbols more have no state. */
const readZeros = (bits: ForwardBits): number => {
  let zeros = 0;
  for (let more = 3; more === 3; zeros += more) more = bits.read(2);
  return zeros;
};

/** Reads the distribution that describes a table (RFC 8878 4.1.1). Answers the table, and where what follows it begins. */
export const readFseTable = (bytes: Uint8Array, from: number, to: number, limits: FseLimits): readonly [FseTable, number] => {
  const bits = new ForwardBits(bytes, from);
  const log = bits.read(4) + 5;
  if (log > limits.log) throw new Error('a table that is too fine');
  const counts: number[] = [];
  for (let left = 2 ** log; left > 0; ) {
    const count = readCount(bits, left);
    left -= Math.abs(count);
    const zeros = count === 0 ? readZeros(bits) : 0;
    if (counts.length + 1 + zeros > limits.symbols) throw new Error('a table of more symbols than there are');
    counts.push(count, ...new Array<number>(zeros).fill(0));
  }
  const end = Math.ceil(bits.bit / 8);
  if (end > to) throw new Error('a table that is cut short');
  return [fseTable(counts, log), end];
};

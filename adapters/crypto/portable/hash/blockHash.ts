// What MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4) have in common: blocks of 64 octets, and the padding of the last one.

type Eight = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
type Sixteen = Eight | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** Sixteen words, the first octet of each weighing most. */
export type Block = Int32Array & Record<Sixteen, number>;
/** The chaining value in the same order. MD5 has four words of it, SHA-1 five. */
export type Chain = Int32Array & Record<Eight, number>;

/**
 * A hash at work. Its words are scratch shared by all calls, so that a call allocates its result and nothing else; whoever uses
 * them wipes them before returning.
 */
export interface BlockHash {
  readonly compress: (chain: Chain, block: Block) => void;
  /** Fills the last two words of the last block. */
  readonly putLength: (block: Block, octets: number) => void;
  readonly initial: Chain;
  /** Words of the result. */
  readonly words: number;
  readonly block: Block;
  readonly chain: Chain;
  /** The chaining values after the first block of an HMAC's inner and outer hash. */
  readonly inner: Chain;
  readonly outer: Chain;
}

const newChain = (): Chain => new Int32Array(8) as Chain;

export const blockHash = (
  parts: Pick<BlockHash, 'compress' | 'putLength'> & { readonly initial: ReadonlyArray<number> },
): BlockHash => {
  const initial = newChain();
  initial.set(parts.initial);
  return {
    ...parts,
    initial,
    words: parts.initial.length,
    block: new Int32Array(16) as Block,
    chain: newChain(),
    inner: newChain(),
    outer: newChain(),
  };
};

export const copyChain = (from: Chain, to: Chain): void => {
  to[0] = from[0];
  to[1] = from[1];
  to[2] = from[2];
  to[3] = from[3];
  to[4] = from[4];
  to[5] = from[5];
  to[6] = from[6];
  to[7] = from[7];
};

/** A loop, because the method of typed arrays leaves the compiled code and costs as much as half a block. */
const clear = (words: Int32Array): void => {
  for (let i = 0; i < words.length; i++) words[i] = 0;
};

export const wipe = ({ block, chain, inner, outer }: BlockHash): void => {
  clear(block);
  clear(chain);
  clear(inner);
  clear(outer);
};

const octet = (bytes: Uint8Array, at: number): number => bytes[at] as number;

const wordAt = (bytes: Uint8Array, at: number): number =>
  (octet(bytes, at) << 24) | (octet(bytes, at + 1) << 16) | (octet(bytes, at + 2) << 8) | octet(bytes, at + 3);

const loadWhole = (block: Block, bytes: Uint8Array, from: number): void => {
  for (let i = 0; i < 16; i++) block[i] = wordAt(bytes, from + 4 * i);
};

/** Loads what is left of the bytes, at most 64 of them, and zeros after them; all of it masked. */
export const loadRest = (block: Block, bytes: Uint8Array, from: number, mask: number): void => {
  let at = from;
  let i = 0;
  for (; at + 4 <= bytes.length; at += 4) block[i++] = wordAt(bytes, at) ^ mask;
  for (let rest = i; rest < 16; rest++) block[rest] = mask;
  for (let shift = 24; at < bytes.length; at++, shift -= 8) block[i] = (block[i] as number) ^ (octet(bytes, at) << shift);
};

/** Takes in a whole message and its padding; `before` octets went in ahead of it. */
export const absorb = ({ compress, putLength, block, chain }: BlockHash, message: Uint8Array, before: number): void => {
  const rest = message.length % 64;
  const whole = message.length - rest;
  for (let at = 0; at < whole; at += 64) {
    loadWhole(block, message, at);
    compress(chain, block);
  }
  loadRest(block, message, whole, 0);
  block[rest >>> 2] = (block[rest >>> 2] as number) | (0x80000000 >>> (8 * (rest & 3)));
  if (rest > 55) {
    compress(chain, block);
    clear(block);
  }
  putLength(block, before + message.length);
  compress(chain, block);
};

export const writeChain = ({ chain, words }: BlockHash, into: Uint8Array, from: number): void => {
  for (let i = 0, at = from; i < words; i++, at += 4) {
    const word = chain[i] as number;
    into[at] = word >>> 24;
    into[at + 1] = word >>> 16;
    into[at + 2] = word >>> 8;
    into[at + 3] = word;
  }
};

export const hashOf = (hash: BlockHash, data: Uint8Array): Uint8Array => {
  const result = new Uint8Array(4 * hash.words);
  copyChain(hash.initial, hash.chain);
  absorb(hash, data, 0);
  writeChain(hash, result, 0);
  wipe(hash);
  return result;
};

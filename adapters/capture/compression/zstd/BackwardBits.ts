/**
 * Bits read from the end of some octets to their beginning, as the entropy coders of Zstandard write them (RFC 8878 4.1): the highest
 * bit that is set in the last octet only marks where they begin.
 */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  readonly #from: number;
  /** How many bits are left. */
  left: number;

  /** Wants four octets behind the end that may be read, whatever they hold. */
  constructor(bytes: Uint8Array, from: number, to: number) {
    const last = to > from ? (bytes[to - 1] ?? 0) : 0;
    if (last === 0) throw new Error('a bit stream without its mark');
    this.#bytes = bytes;
    this.#from = from;
    this.left = (to - from) * 8 - 1 - Math.clz32(last << 24);
  }

  /** Takes up to 24 bits. */
  read(count: number): number {
    this.left -= count;
    if (this.left < 0) throw new Error('a bit stream that is too short');
    return this.#at(this.left) & ((1 << count) - 1);
  }

  /** Takes up to 31 bits. */
  readMany(count: number): number {
    if (count <= 24) return this.read(count);
    const high = this.read(count - 16);
    return high * 0x10000 + this.read(16);
  }

  /** Looks at up to 11 bits, with zeros where there are none any more. */
  peek(count: number): number {
    const from = this.left - count;
    return from >= 0 ? this.#at(from) & ((1 << count) - 1) : (this.#at(0) << -from) & ((1 << count) - 1);
  }

  #at(bit: number): number {
    const bytes = this.#bytes;
    const at = this.#from + (bit >> 3);
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    return word >>> (bit & 7);
  }
}

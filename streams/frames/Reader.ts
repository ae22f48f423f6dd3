import { left, right } from 'fp-ts/lib/Either.js';
import { copyBytes, type MacAddress, macFromBytes, Secret, ZERO_MAC } from '../events/index.js';
import { type Decoded, type DecodeError, type DecodeErrorCode, decodeError, type Located } from './DecodeError.js';

const EMPTY = new Uint8Array(0);

/**
 * A cursor over bytes that never throws and never reads outside its window. The first failure sticks: from then on every
 * read yields a zero and only that first error is reported, so a structure reads top to bottom without a check a line.
 */
export class Reader {
  readonly #structure: string;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #fault: { error?: DecodeError };
  #at: number;

  constructor(
    structure: string,
    bytes: Uint8Array,
    window = { start: 0, end: bytes.length },
    fault: { error?: DecodeError } = {},
  ) {
    this.#structure = structure;
    this.#bytes = bytes;
    this.#at = window.start;
    this.#end = window.end;
    this.#fault = fault;
  }

  get at(): number {
    return this.#at;
  }

  /** Bytes of the whole window, read or not. */
  get end(): number {
    return this.#end;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  get error(): DecodeError | undefined {
    return this.#fault.error;
  }

  fail(code: DecodeErrorCode, found: Located, expected: string): void {
    this.#fault.error ??= decodeError(code, this.#structure, found, expected);
  }

  check(holds: boolean, code: DecodeErrorCode, found: Located, expected: string): void {
    if (!holds) this.fail(code, found, expected);
  }

  /** Demands a fixed part of `size` bytes before any of it is read. */
  need(size: number): void {
    const length = { field: 'length', at: this.#end, value: this.remaining };
    this.check(this.remaining >= size, 'TRUNCATED', length, `at least ${size} bytes`);
  }

  #take(field: string, size: number): number | undefined {
    if (size > this.remaining) this.fail('TRUNCATED', { field, at: this.#at, value: this.remaining }, `${size} more bytes`);
    if (this.#fault.error !== undefined) return undefined;
    const at = this.#at;
    this.#at += size;
    return at;
  }

  #octet(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  u8(field: string): number {
    const at = this.#take(field, 1);
    return at === undefined ? 0 : this.#octet(at);
  }

  u16(field: string): number {
    const at = this.#take(field, 2);
    return at === undefined ? 0 : this.#octet(at) | (this.#octet(at + 1) << 8);
  }

  u16be(field: string): number {
    const at = this.#take(field, 2);
    return at === undefined ? 0 : (this.#octet(at) << 8) | this.#octet(at + 1);
  }

  u32(field: string): number {
    const at = this.#take(field, 4);
    if (at === undefined) return 0;
    const low = this.#octet(at) | (this.#octet(at + 1) << 8) | (this.#octet(at + 2) << 16);
    return low + this.#octet(at + 3) * 0x1000000;
  }

  u32be(field: string): number {
    const at = this.#take(field, 4);
    if (at === undefined) return 0;
    const low = (this.#octet(at + 1) << 16) | (this.#octet(at + 2) << 8) | this.#octet(at + 3);
    return this.#octet(at) * 0x1000000 + low;
  }

  located(field: string): Located<number> {
    return { field, at: this.#at, value: this.u32(field) };
  }

  /** BOOLEAN, one byte. */
  flag(field: string): boolean {
    return this.u8(field) !== 0;
  }

  /** BOOL, four bytes. */
  flag32(field: string): boolean {
    return this.u32(field) !== 0;
  }

  mac(field: string): MacAddress {
    const at = this.#take(field, 6);
    return at === undefined ? ZERO_MAC : macFromBytes(this.#bytes, at);
  }

  skip(size: number, field = 'padding'): void {
    this.#take(field, size);
  }

  /** A copy: the caller's buffer is gone when its handler returns (R33, R86). */
  bytes(field: string, size: number): Uint8Array {
    const at = this.#take(field, size);
    return at === undefined ? EMPTY : copyBytes(this.#bytes, at, at + size);
  }

  /** Key bytes, copied once and kept from view. */
  secret(field: string, size: number): Secret {
    const at = this.#take(field, size);
    return at === undefined ? Secret.of(EMPTY) : Secret.of(this.#bytes, at, at + size);
  }

  rest(field: string): Uint8Array {
    return this.bytes(field, this.remaining);
  }

  /** Reads the next `size` bytes as a structure of their own, which keeps offsets counted from the whole buffer. */
  nested<A>(structure: string, field: string, size: number, read: (reader: Reader) => A): A {
    const start = this.#take(field, size) ?? this.#at;
    const end = this.#fault.error === undefined ? start + size : start;
    return read(new Reader(structure, this.#bytes, { start, end }, this.#fault));
  }

  /** The block an offset field and a size field name, as a reader of its own (R34). */
  block(offset: Located<number>, size: Located<number>): Reader {
    const { value: start } = offset;
    this.check(start <= this.#end, 'OFFSET', offset, `an offset inside the ${this.#end} bytes`);
    this.check(start + size.value <= this.#end, 'OFFSET', size, `at most ${this.#end - start} bytes`);
    const end = this.#fault.error === undefined ? start + size.value : start;
    return new Reader(this.#structure, this.#bytes, { start, end }, this.#fault);
  }

  /** Reads until the window ends. */
  repeat<A>(read: (reader: Reader) => A): ReadonlyArray<A> {
    const values: A[] = [];
    while (this.#fault.error === undefined && this.remaining > 0) values.push(read(this));
    return values;
  }

  /** The block an offset field and a size field (in bytes) name, as entries of `stride` bytes each. */
  list<A>(offset: Located<number>, size: Located<number>, stride: number, read: (reader: Reader) => A): ReadonlyArray<A> {
    this.check(size.value % stride === 0, 'LENGTH', size, `a multiple of ${stride} bytes`);
    return this.block(offset, size).repeat(read);
  }
}

/** Runs a reader over bytes: the value, or the first thing that was wrong. */
export const decode = <A>(structure: string, bytes: Uint8Array, read: (reader: Reader) => A): Decoded<A> => {
  const reader = new Reader(structure, bytes);
  const value = read(reader);
  return reader.error === undefined ? right(value) : left(reader.error);
};

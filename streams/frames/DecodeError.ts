import { type Either, left } from 'fp-ts/lib/Either.js';

/**
 * Why bytes are not the structure they were read as: `TRUNCATED` (they end too early), `HEADER` (the NDIS object header
 * contradicts the buffer), `OFFSET` (a block lies outside the buffer or is misaligned), `LENGTH` (a length contradicts the
 * rest), `VALUE` (a field holds what it may not hold).
 */
export type DecodeErrorCode = 'TRUNCATED' | 'HEADER' | 'OFFSET' | 'LENGTH' | 'VALUE';

/**
 * A refusal as a value: which field of which structure, at which byte, what was expected there and what was found. It never
 * carries key bytes (R11).
 *
 * @since 0.1.0
 */
export interface DecodeError {
  readonly code: DecodeErrorCode;
  readonly message: string;
  /** The documented name, e.g. `DOT11_PORT_STATE`. */
  readonly structure: string;
  /** The documented member, e.g. `uAssocReqOffset`. */
  readonly field: string;
  /** Where the field starts, counted from the first byte of the buffer. */
  readonly offset: number;
}

/** What a structure cannot hold, e.g. an SSID of 33 octets. A writer refuses it instead of shortening it. */
export interface EncodeError {
  readonly code: 'UNWRITABLE';
  readonly message: string;
  readonly structure: string;
  readonly field: string;
}

export type Decoded<A> = Either<DecodeError, A>;
export type Encoded = Either<EncodeError, Uint8Array>;

/** What was read, and where: a field, the byte it starts at, its value (or a word for it). */
export interface Located<Value = number | string> {
  readonly field: string;
  readonly at: number;
  readonly value: Value;
}

export const decodeError = (
  code: DecodeErrorCode,
  structure: string,
  { field, at, value }: Located,
  expected: string,
): DecodeError => ({
  code,
  structure,
  field,
  offset: at,
  message: `${structure}.${field} at byte ${at}: expected ${expected}, found ${value}`,
});

export const unwritable = (structure: string, field: string, expected: string, found: string): Either<EncodeError, never> =>
  left({ code: 'UNWRITABLE', structure, field, message: `${structure}.${field}: expected ${expected}, found ${found}` });

import * as t from 'io-ts';
import { copyBytes, equalBytes, fromHex, wipeBytes } from './bytes.js';

/**
 * Bytes that must never be shown by accident: keys, protected blobs, our nonces, profile secrets, answers of a user.
 *
 * Whatever prints, serialises or inspects a secret gets `[redacted 32 B]`. Reading the bytes is a deliberate act
 * (`reveal`), and so is destroying them (`zeroise`).
 *
 * A secret read back from a redacted log has a length and a fingerprint and no bytes (`isKnown` is false); equal secrets of
 * one recording still show the same fingerprint.
 *
 * @example
 * const key = Secret.of(Uint8Array.of(1, 2, 3));
 * `${key}`;              // '[redacted 3 B]'
 * key.reveal();          // Uint8Array [1, 2, 3]
 * key.zeroise();
 *
 * @since 0.1.0
 */
export class Secret {
  readonly length: number;
  readonly #bytes: Uint8Array | undefined;
  readonly #fingerprint: string | undefined;

  private constructor(length: number, bytes: Uint8Array | undefined, fingerprint: string | undefined) {
    this.length = length;
    this.#bytes = bytes;
    this.#fingerprint = fingerprint;
  }

  /** Takes a copy of the bytes, or of some of them, so that zeroising the secret never destroys somebody else's buffer. */
  static of(bytes: Uint8Array, start = 0, end = bytes.length): Secret {
    return new Secret(end - start, copyBytes(bytes, start, end), undefined);
  }

  /** What is left of a secret in a redacted log. */
  static redacted(length: number, fingerprint: string): Secret {
    return new Secret(length, undefined, fingerprint);
  }

  get isKnown(): boolean {
    return this.#bytes !== undefined;
  }

  get fingerprint(): string | undefined {
    return this.#fingerprint;
  }

  /** The bytes themselves (not a copy); of a redacted secret, none. */
  reveal(): Uint8Array {
    return this.#bytes ?? new Uint8Array(0);
  }

  equals(other: Secret): boolean {
    if (this.#bytes === undefined || other.#bytes === undefined) {
      return this.length === other.length && this.#fingerprint === other.#fingerprint && this.isKnown === other.isKnown;
    }
    return equalBytes(this.#bytes, other.#bytes);
  }

  /** A secret of its own life: zeroising one leaves the other. */
  copy(): Secret {
    return new Secret(this.length, this.#bytes && copyBytes(this.#bytes), this.#fingerprint);
  }

  zeroise(): void {
    if (this.#bytes !== undefined) wipeBytes(this.#bytes);
  }

  toString(): string {
    return `[redacted ${this.length} B]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

const SealedJson = t.strict({ redacted: t.number, fingerprint: t.string });
const OpenJson = t.strict({ secret: t.string });

/**
 * A secret in JSON is `{"secret":"<hex>"}` or `{"redacted":32,"fingerprint":"…"}`. Encoding leaves the `Secret` in place:
 * which of the two forms is written is decided by whoever writes the log (see `stringifySecrets`).
 */
export const SecretValue = new t.Type<Secret, Secret, unknown>(
  'Secret',
  (u): u is Secret => u instanceof Secret,
  (u, context) => {
    if (u instanceof Secret) return t.success(u);
    if (SealedJson.is(u)) return t.success(Secret.redacted(u.redacted, u.fingerprint));
    const bytes = OpenJson.is(u) ? fromHex(u.secret) : undefined;
    return bytes === undefined
      ? t.failure(u, context, 'expected {"secret":"<hex>"} or {"redacted":<length>,"fingerprint":"…"}')
      : t.success(Secret.of(bytes));
  },
  t.identity,
);

import { isLeft } from 'fp-ts/lib/Either.js';
import { Secret } from '../../../streams/events/index.js';
import type { Decoded, Encoded } from '../../../streams/frames/index.js';
import { observe } from '../features.js';
import { demand } from '../target.js';

/** Reads bytes, and writes what was read: what comes of it must be the same value again. */
export type Reading = (bytes: Uint8Array) => void;

const isSame = (a: unknown, b: unknown): boolean => {
  if (a instanceof Secret && b instanceof Secret) return a.equals(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [names, others] = [Object.keys(a), Object.keys(b)];
  const inside = (value: object, name: string): unknown => (value as Readonly<Record<string, unknown>>)[name];
  return names.length === others.length && names.every((name) => isSame(inside(a, name), inside(b, name)));
};

const show = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString('hex');
    return typeof inner === 'bigint' ? inner.toString() : inner;
  });

const checkError = (name: string, bytes: Uint8Array, { left }: Extract<Decoded<unknown>, { _tag: 'Left' }>): void => {
  demand(left.offset >= 0 && left.offset <= bytes.length, `${name}: an error at ${left.offset} of ${bytes.length} bytes`);
  demand(left.message.length < 400, `${name}: an error of ${left.message.length} characters`);
};

/** A reader without a writer: no more than a value, or an error inside the bytes. */
export const reads =
  <A>(name: string, read: (bytes: Uint8Array) => Decoded<A>): Reading =>
  (bytes) => {
    const before = bytes.slice();
    const value = read(bytes);
    demand(isSame(bytes, before), `${name}: the bytes were changed`);
    if (isLeft(value)) checkError(name, bytes, value);
    observe(isLeft(value) ? `${name} ${value.left.field} ${value.left.code}` : name);
  };

/** A reader and its writer. */
export const roundTrips =
  <A>(name: string, read: (bytes: Uint8Array) => Decoded<A>, write: (value: A) => Encoded | Uint8Array): Reading =>
  (bytes) => {
    reads(name, read)(bytes);
    const value = read(bytes);
    if (isLeft(value)) return;
    const encoded = write(value.right);
    const written = encoded instanceof Uint8Array ? encoded : encoded._tag === 'Right' ? encoded.right : undefined;
    demand(written !== undefined, `${name}: what was read cannot be written: ${show(encoded)}`);
    if (written === undefined) return;
    const again = read(written);
    const isKept = !isLeft(again) && isSame(again.right, value.right);
    demand(isKept, `${name}: read ${show(value.right)}, wrote ${show(written)}, and read ${show(again)}`);
  };

/** The first octet chooses the reader, the rest is what it reads. */
export const oneOf =
  (readings: ReadonlyArray<Reading>) =>
  (data: Uint8Array): void =>
    readings[(data[0] ?? 0) % readings.length]?.(data.subarray(1));

/** A seed: which of the readings, and what it reads. */
export const seedOf = (index: number, bytes: Uint8Array): Uint8Array => Uint8Array.of(index, ...bytes);

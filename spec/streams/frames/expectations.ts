import { expect } from 'chai';
import { Secret, toHex } from '../../../streams/events/index.js';
import type { Decoded, DecodeError, Encoded } from '../../../streams/frames/index.js';

export const decoded = <A>(result: Decoded<A>): A => {
  if (result._tag === 'Left') throw new Error(result.left.message);
  return result.right;
};

export const refusal = <A>(result: Decoded<A>): DecodeError => {
  if (result._tag === 'Right') throw new Error('decoded, but should have been refused');
  return result.left;
};

export const written = (result: Encoded): Uint8Array => {
  if (result._tag === 'Left') throw new Error(result.left.message);
  return result.right;
};

/** A value with its secrets opened, so that deep equality compares key bytes instead of two private fields. */
export const opened = (value: unknown): unknown => {
  if (value instanceof Secret) return { secret: toHex(value.reveal()) };
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member)]));
};

export const expectSame = (actual: unknown, wanted: unknown): void => {
  expect(opened(actual)).to.deep.equal(opened(wanted));
};

export const expectBytes = (actual: Uint8Array, wanted: Uint8Array): void => {
  expect(toHex(actual)).to.equal(toHex(wanted));
};

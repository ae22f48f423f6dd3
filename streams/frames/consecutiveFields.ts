import { right } from 'fp-ts/lib/Either.js';
import { type Encoded, unwritable } from './DecodeError.js';
import { pack } from './pack.js';

/** A field that may be absent, but then so must be all behind it. */
export type OptionalField = readonly [name: string, bytes: Uint8Array | undefined];

/** Lays fields end to end that are optional from the end; a gap would be read as something else and is refused. */
export const consecutive = (structure: string, fields: ReadonlyArray<OptionalField>): Encoded => {
  const present = fields.flatMap(([, bytes]) => (bytes === undefined ? [] : [bytes]));
  const gap = fields.slice(0, present.length).find(([, bytes]) => bytes === undefined);
  return gap === undefined ? right(pack(...present)) : unwritable(structure, gap[0], 'it, as a later field is present', 'none');
};

/** A field for `consecutive`, written when its value is there. */
export const field = <A>(name: string, value: A | undefined, write: (value: A) => Uint8Array): OptionalField => [
  name,
  value === undefined ? undefined : write(value),
];

/** What stands behind all known fields. */
export const trailing = (rest: Uint8Array | undefined): OptionalField => [
  'trailing bytes',
  rest?.length === 0 ? undefined : rest,
];

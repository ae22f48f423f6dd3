import { right } from 'fp-ts/lib/Either.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { type Element, ElementId, isVendorElement, writeElement } from './element.js';
import { u8 } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { packRsnFields, type RsnElement, rsnFields } from './rsnElement.js';
import { packRsnxFields, type RsnxElement, rsnxFields } from './rsnxElement.js';
import { readSelector, writeSelector } from './selectors.js';

/**
 * The vendor elements of RSN overriding (Wi-Fi Alliance, WPA3 Specification 3.4): an access point shows old stations one RSNE
 * and new ones others, and a station says which it chose (0: the RSNE itself, 1 and 2: an override).
 *
 * @since 0.2.0
 */
export type RsnOverride =
  | { readonly kind: 'rsneOverride'; readonly rsn: RsnElement }
  | { readonly kind: 'rsneOverride2'; readonly rsn: RsnElement }
  | { readonly kind: 'rsnxeOverride'; readonly rsnx: RsnxElement }
  | { readonly kind: 'rsnSelection'; readonly selected: number };

const STRUCTURE = 'RSN override element';

const TYPES = {
  rsneOverride: 0x506f9a29,
  rsneOverride2: 0x506f9a2a,
  rsnxeOverride: 0x506f9a2b,
  rsnSelection: 0x506f9a2c,
} as const satisfies Record<RsnOverride['kind'], number>;

/**
 * Whether an element is one of them.
 *
 * @since 0.2.0
 */
export const isRsnOverride = (element: Element): boolean => Object.values(TYPES).some((type) => isVendorElement(element, type));

const read = (reader: Reader): RsnOverride => {
  const { at } = reader;
  const type = readSelector(reader, 'OUI Type');
  if (type === TYPES.rsneOverride) return { kind: 'rsneOverride', rsn: rsnFields(reader) };
  if (type === TYPES.rsneOverride2) return { kind: 'rsneOverride2', rsn: rsnFields(reader) };
  if (type === TYPES.rsnxeOverride) return { kind: 'rsnxeOverride', rsnx: rsnxFields(reader) };
  const shown = `0x${type.toString(16).padStart(8, '0')}`;
  reader.check(type === TYPES.rsnSelection, 'VALUE', { field: 'OUI Type', at, value: shown }, 'one of RSN overriding');
  return { kind: 'rsnSelection', selected: reader.u8('RSN Selection') };
};

/**
 * Reads the body of such an element, from its OUI on.
 *
 * @since 0.2.0
 */
export const readRsnOverride = (body: Uint8Array): Decoded<RsnOverride> => decode(STRUCTURE, body, read);

const fields = (override: RsnOverride): Encoded => {
  if (override.kind === 'rsnSelection') return right(u8(override.selected));
  return override.kind === 'rsnxeOverride' ? packRsnxFields(override.rsnx) : packRsnFields(override.rsn);
};

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeRsnOverride = (override: RsnOverride): Encoded => {
  const content = fields(override);
  return content._tag === 'Left'
    ? content
    : writeElement(STRUCTURE, ElementId.codes.VENDOR, writeSelector(TYPES[override.kind]), content.right);
};

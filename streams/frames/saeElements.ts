import { right } from 'fp-ts/lib/Either.js';
import type { Encoded } from './DecodeError.js';
import { ElementExtension, ElementId, writeExtensionElement } from './element.js';
import { pack, u16 } from './pack.js';
import type { Reader } from './Reader.js';
import { readSelector, writeSelector } from './selectors.js';

/** The elements that may follow the scalar and the element of an SAE commit (IEEE 802.11-2020 9.3.3.11, 9.4.2.216, 9.4.2.246). */
export interface SaeElements {
  /** UTF-8. */
  readonly passwordIdentifier?: Uint8Array;
  readonly rejectedGroups?: ReadonlyArray<number>;
  /** The token of a station that hashes to the element: it travels in a container. */
  readonly antiCloggingToken?: Uint8Array;
  /** Which of the AKMs of varying key length is meant (802.11be). */
  readonly akmSelector?: number;
}

const { PASSWORD_IDENTIFIER, REJECTED_GROUPS, ANTI_CLOGGING_TOKEN, AKM_SUITE_SELECTOR } = ElementExtension.codes;
const STRUCTURE = 'SAE elements';

const READERS: ReadonlyMap<number, (reader: Reader) => SaeElements> = new Map<number, (reader: Reader) => SaeElements>([
  [PASSWORD_IDENTIFIER, (reader) => ({ passwordIdentifier: reader.rest('Password Identifier') })],
  [REJECTED_GROUPS, (reader) => ({ rejectedGroups: reader.repeat(() => reader.u16('Rejected Groups')) })],
  [ANTI_CLOGGING_TOKEN, (reader) => ({ antiCloggingToken: reader.rest('Anti-Clogging Token') })],
  [AKM_SUITE_SELECTOR, (reader) => ({ akmSelector: readSelector(reader, 'AKM Suite Selector') })],
]);

const readOne = (reader: Reader): SaeElements => {
  const [id, length] = [reader.u8('Element ID'), reader.u8('Length')];
  return reader.nested(STRUCTURE, 'Information', length, (content) => {
    if (id !== ElementId.codes.EXTENSION || length === 0) return {};
    return READERS.get(content.u8('Element ID Extension'))?.(content) ?? {};
  });
};

/** Reads elements to the end; those that mean nothing here are passed over, and of two alike the first counts. */
export const readSaeElements = (reader: Reader): SaeElements => {
  let all: SaeElements = {};
  for (const one of reader.repeat(readOne)) all = { ...one, ...all };
  return all;
};

/**
 * Octets at the end that are a Password Identifier element, the only one a commit without hash-to-element can end in. The token
 * before the scalar has no length of its own: it is what the other parts leave.
 */
export const passwordIdentifierSize = (bytes: Uint8Array, most: number): number => {
  const header = 3;
  for (let size = Math.min(most, 2 + 0xff); size > header; size--) {
    const at = bytes.length - size;
    const isElement = bytes[at] === ElementId.codes.EXTENSION && bytes[at + 1] === size - 2;
    if (isElement && bytes[at + 2] === PASSWORD_IDENTIFIER) return size;
  }
  return 0;
};

const one = <A>(value: A | undefined, extension: number, write: (value: A) => Uint8Array): ReadonlyArray<Encoded> =>
  value === undefined ? [] : [writeExtensionElement(STRUCTURE, extension, write(value))];

const asIs = (bytes: Uint8Array): Uint8Array => bytes;

/** In the order of Table 9-68, which wpa_supplicant keeps. */
export const packSaeElements = (elements: SaeElements): Encoded => {
  const { passwordIdentifier, rejectedGroups, antiCloggingToken, akmSelector } = elements;
  const pieces: Uint8Array[] = [];
  for (const piece of [
    ...one(passwordIdentifier, PASSWORD_IDENTIFIER, asIs),
    ...one(rejectedGroups, REJECTED_GROUPS, (groups) => pack(...groups.map(u16))),
    ...one(antiCloggingToken, ANTI_CLOGGING_TOKEN, asIs),
    ...one(akmSelector, AKM_SUITE_SELECTOR, writeSelector),
  ]) {
    if (piece._tag === 'Left') return piece;
    pieces.push(piece.right);
  }
  return right(pack(...pieces));
};

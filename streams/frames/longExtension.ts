import { ElementId, HEADER_SIZE } from './element.js';
import type { ElementRange } from './elementRange.js';
import { writeFragmented } from './fragmentation.js';
import { pack, u8 } from './pack.js';

const { EXTENSION, FRAGMENT } = ElementId.codes;

/** What a length octet says of an element that is followed by its fragments (IEEE 802.11-2020 10.28.11). */
const FULL = 255;

/** A whole element with ID 255, in fragments when it is longer than one holds. */
export const writeLongExtension = (extension: number, ...pieces: ReadonlyArray<Uint8Array>): Uint8Array =>
  writeFragmented(EXTENSION, FRAGMENT, pack(u8(extension), ...pieces));

const endAt = (frame: Uint8Array, at: number): number => at + HEADER_SIZE + (frame[at + 1] ?? 0);
const isWhole = (frame: Uint8Array, at: number): boolean => at + HEADER_SIZE <= frame.length && endAt(frame, at) <= frame.length;

const joinedAt = (frame: Uint8Array, first: number): Uint8Array => {
  const pieces = [frame.subarray(first + HEADER_SIZE + 1, endAt(frame, first))];
  let at = first;
  while (frame[at + 1] === FULL) {
    at = endAt(frame, at);
    if (frame[at] !== FRAGMENT || !isWhole(frame, at)) break;
    pieces.push(frame.subarray(at + HEADER_SIZE, endAt(frame, at)));
  }
  return pack(...pieces);
};

/** Where the first element with ID 255 and that extension begins; what follows a damage is not looked at. */
const findExtension = ({ frame, from }: ElementRange, extension: number): number | undefined => {
  for (let at = from; isWhole(frame, at); at = endAt(frame, at)) {
    if (frame[at] === EXTENSION && frame[at + 1] !== 0 && frame[at + HEADER_SIZE] === extension) return at;
  }
  return undefined;
};

/**
 * The body of the first element with ID 255 and that extension, its fragments joined: a copy, and the only one, so that keys in
 * it can be wiped.
 *
 * @since 0.2.0
 */
export const copyExtensionBody = (elements: ElementRange, extension: number): Uint8Array | undefined => {
  const at = findExtension(elements, extension);
  return at === undefined ? undefined : joinedAt(elements.frame, at);
};

/**
 * Where that element ends in its frame, without fragments: behind a FILS Session element everything is encrypted.
 *
 * @since 0.2.0
 */
export const endOfExtension = (elements: ElementRange, extension: number): number | undefined => {
  const at = findExtension(elements, extension);
  return at === undefined ? undefined : endAt(elements.frame, at);
};

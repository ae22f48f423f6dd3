import { copyBytes } from '../events/index.js';
import { type Element, ElementId, HEADER_SIZE, leadingElements, octetsAre, WPA_ELEMENT } from './element.js';

/**
 * The elements of a frame where they stand, behind its fixed fields. A beacon has dozens, and a handshake needs three: they are
 * looked for in place, and only what is found is copied.
 *
 * @since 0.2.0
 */
export interface ElementRange {
  readonly frame: Uint8Array;
  readonly from: number;
}

/** Octets of the fixed fields (IEEE 802.11-2020 9.3.3); only a reassociation names the access point it comes from (R42). */
const REQUEST_FIELDS = 4;
const REASSOCIATION_FIELDS = 10;
const RESPONSE_FIELDS = 6;
const BEACON_FIELDS = 12;

/** Those of an Association or Reassociation Request. */
export const requestElements = (frame: Uint8Array, reassociation: boolean): ElementRange => ({
  frame,
  from: reassociation ? REASSOCIATION_FIELDS : REQUEST_FIELDS,
});

/** Those of an Association or Reassociation Response. */
export const responseElements = (frame: Uint8Array): ElementRange => ({ frame, from: RESPONSE_FIELDS });

/** Those of a Beacon or a Probe Response; nothing of a frame that ends before they could begin. */
export const beaconElements = (frame: Uint8Array): ElementRange | undefined =>
  frame.length < BEACON_FIELDS ? undefined : { frame, from: BEACON_FIELDS };

const endAt = (frame: Uint8Array, at: number): number => at + HEADER_SIZE + (frame[at + 1] ?? 0);

/** The first element that is wanted, whole; what follows a damage is not looked at. */
const firstOf = ({ frame, from }: ElementRange, isWanted: (at: number) => boolean): Uint8Array | undefined => {
  let at = from;
  while (at + HEADER_SIZE <= frame.length && endAt(frame, at) <= frame.length) {
    if (isWanted(at)) return copyBytes(frame, at, endAt(frame, at));
    at = endAt(frame, at);
  }
  return undefined;
};

/**
 * The first element of that ID, whole and without its fragments, if it has any; a copy.
 *
 * @since 0.2.0
 */
export const copyElement = (elements: ElementRange, id: number): Uint8Array | undefined =>
  firstOf(elements, (at) => elements.frame[at] === id);

/**
 * The same of an element with ID 255 and that extension.
 *
 * @since 0.2.0
 */
export const copyExtensionElement = (elements: ElementRange, extension: number): Uint8Array | undefined =>
  firstOf(elements, (at) => {
    const { frame } = elements;
    return frame[at] === ElementId.codes.EXTENSION && frame[at + 1] !== 0 && frame[at + HEADER_SIZE] === extension;
  });

/** Octets of an OUI and a type. */
const SELECTOR_SIZE = 4;

/**
 * The same of the vendor element of WPA1: 00-50-F2, type 1.
 *
 * @since 0.2.0
 */
export const copyWpaElement = (elements: ElementRange): Uint8Array | undefined =>
  firstOf(elements, (at) => {
    const { frame } = elements;
    const isLongEnough = (frame[at + 1] ?? 0) >= SELECTOR_SIZE;
    return frame[at] === ElementId.codes.VENDOR && isLongEnough && octetsAre(frame, at + HEADER_SIZE, WPA_ELEMENT);
  });

/**
 * All of them, fragments joined.
 *
 * @since 0.2.0
 */
export const elementsIn = ({ frame, from }: ElementRange): ReadonlyArray<Element> => leadingElements(frame.subarray(from));

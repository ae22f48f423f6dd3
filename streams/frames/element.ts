import { left, right } from 'fp-ts/lib/Either.js';
import { codeSpace, copyBytes } from '../events/index.js';
import { type Decoded, type DecodeError, decodeError, type Encoded, unwritable } from './DecodeError.js';
import { joinFragments } from './fragmentation.js';
import { pack, u8 } from './pack.js';

/**
 * Element IDs that association security meets (IEEE 802.11-2020 Table 9-92).
 *
 * @since 0.2.0
 */
export const ElementId = codeSpace(
  'element ID',
  {
    SSID: 0,
    RSN: 48,
    MOBILITY_DOMAIN: 54,
    FAST_TRANSITION: 55,
    TIMEOUT_INTERVAL: 56,
    RIC_DATA: 57,
    MANAGEMENT_MIC: 76,
    MIC: 140,
    VENDOR: 221,
    FILS_INDICATION: 240,
    FRAGMENT: 242,
    RSNX: 244,
    EXTENSION: 255,
  },
  [],
  2,
);

/**
 * What the octet after the length of an element with ID 255 says.
 *
 * @since 0.2.0
 */
export const ElementExtension = codeSpace(
  'element ID extension',
  {
    ASSOCIATION_DELAY: 1,
    FILS_REQUEST_PARAMETERS: 2,
    FILS_KEY_CONFIRMATION: 3,
    FILS_SESSION: 4,
    FILS_HLP_CONTAINER: 5,
    FILS_IP_ADDRESS: 6,
    KEY_DELIVERY: 7,
    WRAPPED_DATA: 8,
    FILS_PUBLIC_KEY: 12,
    FILS_NONCE: 13,
    OWE_DH: 32,
    PASSWORD_IDENTIFIER: 33,
    OPERATING_CHANNEL: 54,
    REJECTED_GROUPS: 92,
    ANTI_CLOGGING_TOKEN: 93,
    PASN_PARAMETERS: 100,
    MULTI_LINK: 107,
    AKM_SUITE_SELECTOR: 114,
  },
  [],
  2,
);

/**
 * An element of a management frame or of Key Data (IEEE 802.11-2020 9.4.2.1).
 *
 * @since 0.2.0
 */
export interface Element {
  readonly id: number;
  /** Only of an element whose ID is EXTENSION. */
  readonly extension?: number;
  /** What follows the ID, the length and the extension, put together again where the element was fragmented. */
  readonly body: Uint8Array;
  /** The whole element as it is on the air, its fragments with their headers. */
  readonly bytes: Uint8Array;
}

const { codes } = ElementId;
const STRUCTURE = 'elements';

/** Octets of the ID and the length. */
export const HEADER_SIZE = 2;

/** An element within bytes that nobody else writes to: it is a view of them. */
const elementAt = (bytes: Uint8Array, at: number): Element => {
  const id = bytes[at] ?? 0;
  const end = at + HEADER_SIZE + (bytes[at + 1] ?? 0);
  const whole = bytes.subarray(at, end);
  const extension = id === codes.EXTENSION && end > at + HEADER_SIZE ? bytes[at + HEADER_SIZE] : undefined;
  return extension === undefined
    ? { id, body: bytes.subarray(at + HEADER_SIZE, end), bytes: whole }
    : { id, extension, body: bytes.subarray(at + HEADER_SIZE + 1, end), bytes: whole };
};

/** An element that fills its bytes, which nobody else writes to. A copy of its body stays on V8's own heap, and a view would not. */
export const wholeElement = (bytes: Uint8Array): Element => {
  const id = bytes[0] ?? 0;
  const extension = id === codes.EXTENSION ? bytes[HEADER_SIZE] : undefined;
  return extension === undefined
    ? { id, body: copyBytes(bytes, HEADER_SIZE), bytes }
    : { id, extension, body: copyBytes(bytes, HEADER_SIZE + 1), bytes };
};

/** The elements before the damage, and where that is. */
const walk = (bytes: Uint8Array): { readonly elements: ReadonlyArray<Element>; readonly end: number } => {
  const own = copyBytes(bytes);
  const elements: Element[] = [];
  let at = 0;
  while (at + HEADER_SIZE <= own.length && at + HEADER_SIZE + (own[at + 1] ?? 0) <= own.length) {
    elements.push(elementAt(own, at));
    at += HEADER_SIZE + (own[at + 1] ?? 0);
  }
  return { elements: joinFragments(elements, codes.FRAGMENT), end: at };
};

const damage = (bytes: Uint8Array, at: number): DecodeError => {
  const [id = 0, length] = bytes.subarray(at, at + HEADER_SIZE);
  if (length === undefined) return decodeError('TRUNCATED', STRUCTURE, { field: 'Length', at: at + 1, value: 0 }, '1 more bytes');
  const found = { field: ElementId.nameOf(id) ?? `element ${id}`, at: at + HEADER_SIZE, value: bytes.length - at - HEADER_SIZE };
  return decodeError('TRUNCATED', STRUCTURE, found, `${length} more bytes`);
};

/**
 * Elements end to end, fragments joined; one that is cut short is an error.
 *
 * @since 0.2.0
 */
export const readElements = (bytes: Uint8Array): Decoded<ReadonlyArray<Element>> => {
  const { elements, end } = walk(bytes);
  return end === bytes.length ? right(elements) : left(damage(bytes, end));
};

/**
 * The elements before the damage, for frames whose end real devices get wrong.
 *
 * @since 0.2.0
 */
export const leadingElements = (bytes: Uint8Array): ReadonlyArray<Element> => walk(bytes).elements;

/**
 * The first element of that ID and, for EXTENSION, that extension.
 *
 * @example
 * const elements = leadingElements(association.request.subarray(4));
 * const rsne = findElement(elements, ElementId.codes.RSN);
 * const owe = findElement(elements, ElementId.codes.EXTENSION, ElementExtension.codes.OWE_DH);
 *
 * @since 0.2.0
 */
export const findElement = (elements: ReadonlyArray<Element>, id: number, extension?: number): Element | undefined =>
  elements.find((candidate) => candidate.id === id && candidate.extension === extension);

/** Whether these four octets are that number. */
export const octetsAre = (bytes: Uint8Array, at: number, number: number): boolean =>
  bytes[at] === number >>> 24 &&
  bytes[at + 1] === ((number >>> 16) & 0xff) &&
  bytes[at + 2] === ((number >>> 8) & 0xff) &&
  bytes[at + 3] === (number & 0xff);

/**
 * A vendor element of that OUI and type, both as one number, e.g. 0x0050f201.
 *
 * @since 0.2.0
 */
export const isVendorElement = ({ id, body }: Element, selector: number): boolean =>
  id === codes.VENDOR && octetsAre(body, 0, selector);

/** OUI and type of the vendor element WPA1 announces itself with. */
export const WPA_ELEMENT = 0x0050f201;

/**
 * The vendor element of WPA1: 00-50-F2, type 1.
 *
 * @since 0.2.0
 */
export const isWpaElement = (candidate: Element): boolean => isVendorElement(candidate, WPA_ELEMENT);

/** The whole element; what does not fit an octet's length is refused. */
export const writeElement = (name: string, id: number, ...pieces: ReadonlyArray<Uint8Array>): Encoded => {
  const content = pack(...pieces);
  if (content.length > 0xff) return unwritable(name, 'Length', 'at most 255 octets', String(content.length));
  return right(pack(u8(id), u8(content.length), content));
};

/** The same for an element with ID 255. */
export const writeExtensionElement = (name: string, extension: number, ...pieces: ReadonlyArray<Uint8Array>): Encoded =>
  writeElement(name, codes.EXTENSION, u8(extension), ...pieces);

import { right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementId, writeElement } from './element.js';
import { pack } from './pack.js';
import { decode, type Reader } from './Reader.js';

/**
 * The RSN extension element (IEEE 802.11-2020 9.4.2.241).
 *
 * @since 0.2.0
 */
export interface RsnxElement {
  /** The field as it is on the air; the low four bits of its first octet are its length less one. */
  readonly capabilities: Uint8Array;
  /** More octets than the field announces. */
  readonly rest?: Uint8Array;
}

/** Bits of the field, counted from its first octet's lowest, as the standard counts them (9.4.2.241, 802.11az, WPA3 3.4). */
export const RsnxCapability = {
  PROTECTED_TWT: 4,
  SAE_H2E: 5,
  SAE_PK: 6,
  SECURE_LTF: 8,
  SECURE_RTT: 9,
  URNM_MFPR_X20: 10,
  SPP_A_MSDU: 14,
  URNM_MFPR: 15,
  KEK_IN_PASN: 18,
  SSID_PROTECTION: 21,
} as const;

const STRUCTURE = 'RSNX element';
const LENGTH_MASK = 0x0f;
const LENGTH_BITS = 4;
const NONE = new Uint8Array(0);

const announced = (first: number): number => (first & LENGTH_MASK) + 1;

/** The field of an RSNX element, wherever it stands (see rsnOverride). */
export const rsnxFields = (reader: Reader): RsnxElement => {
  const { at } = reader;
  const room = reader.remaining;
  const [first = 0] = reader.bytes('Extended RSN Capabilities', 1);
  const length = { field: 'Field Length', at, value: announced(first) };
  reader.check(length.value <= room, 'LENGTH', length, `at most ${room} octets`);
  const others = reader.bytes('Extended RSN Capabilities', length.value - 1);
  const capabilities = Uint8Array.of(first, ...others);
  return { capabilities, ...(reader.remaining > 0 ? { rest: reader.rest('trailing bytes') } : {}) };
};

/**
 * Reads the body of an RSNX element. Octets behind the announced length are kept apart, too few are an error.
 *
 * @since 0.2.0
 */
export const readRsnxElement = (body: Uint8Array): Decoded<RsnxElement> => decode(STRUCTURE, body, rsnxFields);

/** The body of an RSNX element: `rsnxFields` the other way. */
export const packRsnxFields = ({ capabilities, rest = NONE }: RsnxElement): Encoded => {
  const [first] = capabilities;
  if (first === undefined || announced(first) !== capabilities.length) {
    const says = first === undefined ? 'at least one octet' : `the ${announced(first)} octets it announces`;
    return unwritable(STRUCTURE, 'Extended RSN Capabilities', says, String(capabilities.length));
  }
  return right(pack(capabilities, rest));
};

/**
 * The whole element; a field whose length does not say how long it is, is refused.
 *
 * @since 0.2.0
 */
export const writeRsnxElement = (rsnx: RsnxElement): Encoded => {
  const body = packRsnxFields(rsnx);
  return body._tag === 'Left' ? body : writeElement(STRUCTURE, ElementId.codes.RSNX, body.right);
};

/**
 * Whether a capability is announced.
 *
 * @example
 * const rsnx = rsnxWith(RsnxCapability.SAE_H2E);
 * hasRsnxCapability(rsnx, RsnxCapability.SAE_PK); // false
 *
 * @since 0.2.0
 */
export const hasRsnxCapability = ({ capabilities }: RsnxElement, bit: number): boolean =>
  bit >= LENGTH_BITS && (((capabilities[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 1;

/**
 * The shortest field that announces these capabilities. Bits 0 to 3 are no capabilities, and the length holds 16 octets.
 *
 * @since 0.2.0
 */
export const rsnxWith = (...bits: ReadonlyArray<number>): RsnxElement => {
  const real = bits.filter((bit) => bit >= LENGTH_BITS && bit < 8 * announced(LENGTH_MASK));
  const capabilities = new Uint8Array(1 + (Math.max(0, ...real) >>> 3));
  capabilities[0] = capabilities.length - 1;
  for (const bit of real) capabilities[bit >>> 3] = (capabilities[bit >>> 3] ?? 0) | (1 << (bit & 7));
  return { capabilities };
};

import { right } from 'fp-ts/lib/Either.js';
import { consecutive, field, trailing } from './consecutiveFields.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementId, writeElement } from './element.js';
import { pack, u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { readCounted, readSelector, readSelectors, writeSelector, writeSelectors } from './selectors.js';
import { AkmSuite, CipherSuite } from './suites.js';

/**
 * The RSN element as it is on the air (IEEE 802.11-2020 9.4.2.24). All behind the version is optional from the end; what is
 * absent stays absent, and `effectiveRsn` says what it means.
 *
 * @since 0.2.0
 */
export interface RsnElement {
  readonly version: number;
  /** Group data cipher suite. */
  readonly group?: number;
  readonly pairwise?: ReadonlyArray<number>;
  readonly akms?: ReadonlyArray<number>;
  /** Bits of `RsnCapability`, and two replay counters. */
  readonly capabilities?: number;
  readonly pmkids?: ReadonlyArray<Uint8Array>;
  readonly groupManagement?: number;
  /** What follows the last field this version knows, or the version, if it is not 1. */
  readonly rest: Uint8Array;
}

/** Bits of RSN Capabilities (9.4.2.24.4). */
export const RsnCapability = {
  PREAUTHENTICATION: 0x0001,
  NO_PAIRWISE: 0x0002,
  /** Management frame protection required. */
  MFPR: 0x0040,
  /** Management frame protection capable. */
  MFPC: 0x0080,
  JOINT_MULTI_BAND: 0x0100,
  PEERKEY: 0x0200,
  SPP_A_MSDU_CAPABLE: 0x0400,
  SPP_A_MSDU_REQUIRED: 0x0800,
  PBAC: 0x1000,
  EXTENDED_KEY_ID: 0x2000,
  /** Operating channel validation capable. */
  OCVC: 0x4000,
} as const;

const STRUCTURE = 'RSN element';
const RSN_VERSION = 1;
const PMKID_SIZE = 16;

type Fields = { -readonly [K in keyof RsnElement]: RsnElement[K] };

const NOTHING = new Uint8Array(0);

/** The fields of an RSN element, wherever they stand: an override element carries the same (see rsnOverride). */
export const rsnFields = (reader: Reader): RsnElement => {
  // Assigned one by one: a literal with seven conditional spreads costs more than the reading.
  const fields: Fields = { version: reader.u16('Version'), rest: NOTHING };
  if (fields.version === RSN_VERSION) {
    if (reader.remaining > 0) fields.group = readSelector(reader, 'Group Data Cipher Suite');
    if (reader.remaining > 0) fields.pairwise = readSelectors(reader, 'Pairwise Cipher Suite');
    if (reader.remaining > 0) fields.akms = readSelectors(reader, 'AKM Suite');
    if (reader.remaining > 0) fields.capabilities = reader.u16('RSN Capabilities');
    if (reader.remaining > 0) fields.pmkids = readCounted(reader, 'PMKID', PMKID_SIZE, (name) => reader.bytes(name, PMKID_SIZE));
    if (reader.remaining > 0) fields.groupManagement = readSelector(reader, 'Group Management Cipher Suite');
  }
  if (reader.remaining > 0) fields.rest = reader.rest('trailing bytes');
  return fields;
};

/**
 * Reads the body of an RSN element. A count that promises more than there is, or a field cut short, is an error at its byte.
 *
 * @example
 * const element = findElement(leadingElements(association.request.subarray(4)), ElementId.codes.RSN);
 * const rsn = element && readRsnElement(element.body);
 *
 * @since 0.2.0
 */
export const readRsnElement = (body: Uint8Array): Decoded<RsnElement> => decode(STRUCTURE, body, rsnFields);

/** The body of an RSN element: `rsnFields` the other way. */
export const packRsnFields = (rsn: RsnElement): Encoded => {
  if (rsn.version !== RSN_VERSION) return right(pack(u16(rsn.version), rsn.rest));
  const odd = rsn.pmkids?.find(({ length }) => length !== PMKID_SIZE);
  if (odd !== undefined) return unwritable(STRUCTURE, 'PMKID List', `${PMKID_SIZE} octets each`, String(odd.length));
  return consecutive(STRUCTURE, [
    field('Version', rsn.version, u16),
    field('Group Data Cipher Suite', rsn.group, writeSelector),
    field('Pairwise Cipher Suite List', rsn.pairwise, writeSelectors),
    field('AKM Suite List', rsn.akms, writeSelectors),
    field('RSN Capabilities', rsn.capabilities, u16),
    field('PMKID List', rsn.pmkids, (pmkids) => pack(u16(pmkids.length), ...pmkids)),
    field('Group Management Cipher Suite', rsn.groupManagement, writeSelector),
    trailing(rsn.rest),
  ]);
};

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeRsnElement = (rsn: RsnElement): Encoded => {
  const body = packRsnFields(rsn);
  return body._tag === 'Left' ? body : writeElement(STRUCTURE, ElementId.codes.RSN, body.right);
};

/** An RSN element with nothing absent. */
export type EffectiveRsn = Required<RsnElement>;

/** What absent fields stand for (9.4.2.24.1 to 9.4.2.24.6). */
const DEFAULTS = {
  group: CipherSuite.codes.CCMP,
  pairwise: [CipherSuite.codes.CCMP],
  akms: [AkmSuite.codes.IEEE_802_1X],
  capabilities: 0,
  pmkids: [],
} as const;

/**
 * The element with its absent fields filled in as 9.4.2.24 prescribes: CCMP, 802.1X, no capability, no PMKID, and
 * BIP-CMAC-128, which counts only where management frames are protected.
 *
 * @since 0.2.0
 */
export const effectiveRsn = (rsn: RsnElement): EffectiveRsn => ({
  version: rsn.version,
  group: rsn.group ?? DEFAULTS.group,
  pairwise: rsn.pairwise ?? DEFAULTS.pairwise,
  akms: rsn.akms ?? DEFAULTS.akms,
  capabilities: rsn.capabilities ?? DEFAULTS.capabilities,
  pmkids: rsn.pmkids ?? DEFAULTS.pmkids,
  groupManagement: rsn.groupManagement ?? CipherSuite.codes.BIP_CMAC_128,
  rest: rsn.rest,
});

/**
 * The whole element with its PMKID list replaced and all else as it was: message 2 of a fast transition carries the
 * element of the association with the PMKR1Name in it (12.7.6.3). Fields that have to stand before the list and are absent
 * are written as what their absence means. An element that is none, or would grow too long, is given back as it came.
 *
 * @since 0.2.0
 */
export const withPmkids = (element: Uint8Array, pmkids: ReadonlyArray<Uint8Array>): Uint8Array => {
  const read = readRsnElement(element.subarray(2));
  if (read._tag === 'Left' || read.right.version !== RSN_VERSION) return element;
  if (pmkids.length === 0 && read.right.pmkids === undefined) return element;
  const written = writeRsnElement({ ...DEFAULTS, ...read.right, pmkids });
  return written._tag === 'Left' ? element : written.right;
};

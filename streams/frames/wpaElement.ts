import { consecutive, field, trailing } from './consecutiveFields.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { ElementId, WPA_ELEMENT, writeElement } from './element.js';
import { u16 } from './pack.js';
import { decode, type Reader } from './Reader.js';
import { readSelector, readSelectors, writeSelector, writeSelectors } from './selectors.js';
import { AkmSuite, CipherSuite } from './suites.js';

/**
 * The vendor element of WPA1 (00-50-F2, type 1), an early RSN element with selectors of its own OUI: no PMKIDs, and
 * capabilities few send.
 *
 * @since 0.2.0
 */
export interface WpaElement {
  readonly version: number;
  readonly group?: number;
  readonly pairwise?: ReadonlyArray<number>;
  readonly akms?: ReadonlyArray<number>;
  readonly capabilities?: number;
  /** What follows the capabilities, or the version, if it is not 1. */
  readonly rest?: Uint8Array;
}

const STRUCTURE = 'WPA element';
const WPA_VERSION = 1;

const rest = (reader: Reader) => (reader.remaining > 0 ? { rest: reader.rest('trailing bytes') } : {});

const read = (reader: Reader): WpaElement => {
  const { at } = reader;
  const type = readSelector(reader, 'OUI Type');
  const shown = `0x${type.toString(16).padStart(8, '0')}`;
  reader.check(type === WPA_ELEMENT, 'VALUE', { field: 'OUI Type', at, value: shown }, '0x0050f201');
  const version = reader.u16('Version');
  if (version !== WPA_VERSION) return { version, ...rest(reader) };
  const isMore = () => reader.remaining > 0;
  return {
    version,
    ...(isMore() ? { group: readSelector(reader, 'Group Cipher Suite') } : {}),
    ...(isMore() ? { pairwise: readSelectors(reader, 'Pairwise Cipher Suite') } : {}),
    ...(isMore() ? { akms: readSelectors(reader, 'AKM Suite') } : {}),
    ...(isMore() ? { capabilities: reader.u16('Capabilities') } : {}),
    ...rest(reader),
  };
};

/**
 * Reads the body of a WPA element, from its OUI on.
 *
 * @since 0.2.0
 */
export const readWpaElement = (body: Uint8Array): Decoded<WpaElement> => decode(STRUCTURE, body, read);

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeWpaElement = (wpa: WpaElement): Encoded => {
  const known = wpa.version === WPA_VERSION;
  const body = consecutive(STRUCTURE, [
    field('OUI Type', WPA_ELEMENT, writeSelector),
    field('Version', wpa.version, u16),
    ...(known
      ? [
          field('Group Cipher Suite', wpa.group, writeSelector),
          field('Pairwise Cipher Suite List', wpa.pairwise, writeSelectors),
          field('AKM Suite List', wpa.akms, writeSelectors),
          field('Capabilities', wpa.capabilities, u16),
        ]
      : []),
    trailing(wpa.rest),
  ]);
  return body._tag === 'Left' ? body : writeElement(STRUCTURE, ElementId.codes.VENDOR, body.right);
};

/**
 * The element with its absent fields filled in: TKIP and 802.1X.
 *
 * @since 0.2.0
 */
export const effectiveWpa = (wpa: WpaElement): Required<Omit<WpaElement, 'rest'>> => ({
  group: CipherSuite.codes.WPA_TKIP,
  pairwise: [CipherSuite.codes.WPA_TKIP],
  akms: [AkmSuite.codes.WPA_802_1X],
  capabilities: 0,
  ...wpa,
});

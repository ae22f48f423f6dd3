import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded, Encoded } from './DecodeError.js';
import { type Element, ElementId, isVendorElement, writeElement } from './element.js';
import { u8 } from './pack.js';
import { decode } from './Reader.js';
import { readSelector, writeSelector } from './selectors.js';

/**
 * The OWE transition element (Wi-Fi Alliance, Opportunistic Wireless Encryption Specification 1.1, 2.2.1): an open network and the
 * encrypted one beside it name each other by it.
 *
 * @since 0.2.0
 */
export interface OweTransition {
  readonly bssid: MacAddress;
  readonly ssid: Uint8Array;
  /** Operating class and channel, where the other network is on another channel. */
  readonly channel?: Uint8Array;
}

const STRUCTURE = 'OWE transition element';
const OWE_TRANSITION = 0x506f9a1c;
const LONGEST_SSID = 32;

/**
 * Whether an element is one.
 *
 * @since 0.2.0
 */
export const isOweTransition = (element: Element): boolean => isVendorElement(element, OWE_TRANSITION);

/**
 * Reads the body of such an element, from its OUI on.
 *
 * @since 0.2.0
 */
export const readOweTransition = (body: Uint8Array): Decoded<OweTransition> =>
  decode(STRUCTURE, body, (reader) => {
    const { at } = reader;
    const type = readSelector(reader, 'OUI Type');
    reader.check(type === OWE_TRANSITION, 'VALUE', { field: 'OUI Type', at, value: type }, '0x506f9a1c');
    const bssid = reader.mac('BSSID');
    const lengthAt = reader.at;
    const length = reader.u8('SSID Length');
    reader.check(length <= LONGEST_SSID, 'LENGTH', { field: 'SSID Length', at: lengthAt, value: length }, 'at most 32');
    const ssid = reader.bytes('SSID', length);
    return { bssid, ssid, ...(reader.remaining > 0 && { channel: reader.rest('channel') }) };
  });

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeOweTransition = ({ bssid, ssid, channel = new Uint8Array(0) }: OweTransition): Encoded =>
  writeElement(
    STRUCTURE,
    ElementId.codes.VENDOR,
    writeSelector(OWE_TRANSITION),
    macToBytes(bssid),
    u8(ssid.length),
    ssid,
    channel,
  );

import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementId, writeElement } from './element.js';
import { u8 } from './pack.js';
import { decode } from './Reader.js';

/**
 * The Mobility Domain element (IEEE 802.11-2020 9.4.2.46).
 *
 * @since 0.2.0
 */
export interface MobilityDomain {
  /** MDID: the two octets as they are on the air, and as they go into the key derivation (12.7.1.6.3). */
  readonly domain: Uint8Array;
  readonly overDs: boolean;
  readonly resourceRequest: boolean;
}

const STRUCTURE = 'Mobility Domain element';
const MDID_SIZE = 2;
const OVER_DS = 0x01;
const RESOURCE_REQUEST = 0x02;

/**
 * Reads the body of the element; reserved bits and octets behind it are passed over.
 *
 * @since 0.2.0
 */
export const readMobilityDomain = (body: Uint8Array): Decoded<MobilityDomain> =>
  decode(STRUCTURE, body, (reader) => {
    const domain = reader.bytes('MDID', MDID_SIZE);
    const policy = reader.u8('FT Capability and Policy');
    return { domain, overDs: (policy & OVER_DS) !== 0, resourceRequest: (policy & RESOURCE_REQUEST) !== 0 };
  });

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeMobilityDomain = ({ domain, overDs, resourceRequest }: MobilityDomain): Encoded => {
  if (domain.length !== MDID_SIZE) return unwritable(STRUCTURE, 'MDID', `${MDID_SIZE} octets`, String(domain.length));
  const policy = (overDs ? OVER_DS : 0) | (resourceRequest ? RESOURCE_REQUEST : 0);
  return writeElement(STRUCTURE, ElementId.codes.MOBILITY_DOMAIN, domain, u8(policy));
};

import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementExtension, writeExtensionElement } from './element.js';
import { u16 } from './pack.js';
import { decode } from './Reader.js';

/**
 * The Diffie-Hellman Parameter element of opportunistic wireless encryption (RFC 8110 section 4.3).
 *
 * @since 0.2.0
 */
export interface OweDiffieHellman {
  readonly group: number;
  /** As the group writes its elements: of a curve, the x coordinate alone. */
  readonly publicKey: Uint8Array;
}

const STRUCTURE = 'Diffie-Hellman Parameter element';

/**
 * Reads what follows the element ID extension. Whether the key is one of its group is for the exchange to find out.
 *
 * @since 0.2.0
 */
export const readOweDiffieHellman = (body: Uint8Array): Decoded<OweDiffieHellman> =>
  decode(STRUCTURE, body, (reader) => {
    reader.need(3);
    return { group: reader.u16('Group'), publicKey: reader.rest('Public Key') };
  });

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeOweDiffieHellman = ({ group, publicKey }: OweDiffieHellman): Encoded =>
  publicKey.length === 0
    ? unwritable(STRUCTURE, 'Public Key', 'at least one octet', '0')
    : writeExtensionElement(STRUCTURE, ElementExtension.codes.OWE_DH, u16(group), publicKey);

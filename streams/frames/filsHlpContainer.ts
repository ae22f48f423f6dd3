import { type MacAddress, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { ElementExtension } from './element.js';
import { writeLongExtension } from './longExtension.js';
import { decode } from './Reader.js';

/**
 * A FILS HLP Container element: a packet of a higher layer that travels with the association (IEEE 802.11-2020 12.11.2.6),
 * such as DHCP.
 *
 * @since 0.2.0
 */
export interface FilsHlpContainer {
  readonly destination: MacAddress;
  readonly source: MacAddress;
  /** With its LLC header. */
  readonly packet: Uint8Array;
}

/**
 * Reads what follows the element ID extension.
 *
 * @since 0.2.0
 */
export const readFilsHlpContainer = (body: Uint8Array): Decoded<FilsHlpContainer> =>
  decode('FILS HLP Container element', body, (reader) => ({
    destination: reader.mac('Destination MAC Address'),
    source: reader.mac('Source MAC Address'),
    packet: reader.rest('HLP Packet'),
  }));

/**
 * The whole element, in fragments when it is longer than one holds.
 *
 * @since 0.2.0
 */
export const writeFilsHlpContainer = ({ destination, source, packet }: FilsHlpContainer): Uint8Array =>
  writeLongExtension(ElementExtension.codes.FILS_HLP_CONTAINER, macToBytes(destination), macToBytes(source), packet);

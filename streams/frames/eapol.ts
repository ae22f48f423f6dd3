import { left, right } from 'fp-ts/lib/Either.js';
import { codeSpace } from '../events/index.js';
import { type Decoded, type DecodeError, decodeError } from './DecodeError.js';

/**
 * IEEE 802.1X-2020 Table 11-3: what an EAPOL packet carries.
 *
 * @since 0.2.0
 */
export const EapolType = codeSpace(
  'EAPOL packet type',
  {
    EAP_PACKET: 0,
    START: 1,
    LOGOFF: 2,
    KEY: 3,
    ASF_ALERT: 4,
    MKA: 5,
    ANNOUNCEMENT_GENERIC: 6,
    ANNOUNCEMENT_SPECIFIC: 7,
    ANNOUNCEMENT_REQUEST: 8,
  },
  [],
  2,
);

/**
 * An EAPOL packet (IEEE 802.1X-2020 11.3): what follows the EtherType 0x888E.
 *
 * @since 0.2.0
 */
export interface Eapol {
  /** 1, 2 or 3. A receiver reads any version as it reads its own (11.3.1), so none is refused. */
  readonly version: number;
  readonly type: number;
  readonly body: Uint8Array;
}

const STRUCTURE = 'EAPOL';

/** Version, type, and two octets of body length. */
export const EAPOL_HEADER_SIZE = 4;

/** Where the body ends by the packet's own account; what lies behind is padding of the link. */
export const eapolEnd = (packet: Uint8Array): number => EAPOL_HEADER_SIZE + (((packet[2] ?? 0) << 8) | (packet[3] ?? 0));

/** What is wrong with the header, if anything is. */
export const eapolFault = (packet: Uint8Array): DecodeError | undefined => {
  const room = packet.length - EAPOL_HEADER_SIZE;
  if (room < 0) {
    const length = { field: 'length', at: packet.length, value: packet.length };
    return decodeError('TRUNCATED', STRUCTURE, length, `at least ${EAPOL_HEADER_SIZE} bytes`);
  }
  const announced = eapolEnd(packet) - EAPOL_HEADER_SIZE;
  if (announced <= room) return undefined;
  const bodyLength = { field: 'Packet Body Length', at: 2, value: announced };
  return decodeError('LENGTH', STRUCTURE, bodyLength, `at most the ${room} bytes that follow`);
};

/**
 * Reads an EAPOL packet. Bytes after the announced body are padding and dropped.
 *
 * @example
 * const start = readEapol(Uint8Array.of(1, 1, 0, 0)); // { version: 1, type: EapolType.codes.START, body: (none) }
 *
 * @since 0.2.0
 */
export const readEapol = (packet: Uint8Array): Decoded<Eapol> => {
  const fault = eapolFault(packet);
  if (fault !== undefined) return left(fault);
  const body = new Uint8Array(packet.subarray(EAPOL_HEADER_SIZE, eapolEnd(packet)));
  return right({ version: packet[0] ?? 0, type: packet[1] ?? 0, body });
};

/**
 * Writes an EAPOL packet. The length field holds 65,535 octets, forty times what a frame does; a longer body is cut there.
 *
 * @since 0.2.0
 */
export const writeEapol = ({ version, type, body }: Eapol): Uint8Array => {
  const length = Math.min(body.length, 0xffff);
  const packet = new Uint8Array(EAPOL_HEADER_SIZE + length);
  packet.set([version, type, length >>> 8, length]);
  packet.set(body.subarray(0, length), EAPOL_HEADER_SIZE);
  return packet;
};

import type { Decoded } from '../../../streams/frames/index.js';
import { decode } from '../../../streams/frames/index.js';
import { RadiusAttributeType } from './RadiusAttributeType.js';
import { attributesOf, MAX_VALUE, type RadiusAttribute, type RadiusPacket } from './RadiusPacket.js';

const type = RadiusAttributeType.codes['EAP-Message'];

/** Cuts an EAP packet into the attributes that carry it (RFC 3579 3.1). */
export const splitEapMessage = (eap: Uint8Array): ReadonlyArray<RadiusAttribute> =>
  Array.from({ length: Math.ceil(eap.length / MAX_VALUE) }, (_, n) => ({
    type,
    value: eap.subarray(n * MAX_VALUE, (n + 1) * MAX_VALUE),
  }));

/**
 * Joins the EAP packet of a RADIUS packet; nothing where there is none. Its attributes have to stand side by side (RFC 3579 3.1).
 *
 * @since 0.2.0
 */
export const joinEapMessage = (packet: RadiusPacket): Decoded<Uint8Array | undefined> =>
  decode('RADIUS', packet.bytes, (reader) => {
    const pieces = attributesOf(packet, type);
    const [first] = pieces;
    if (first === undefined) return;
    const begin = packet.attributes.indexOf(first);
    const stray = pieces.find((piece, n) => packet.attributes[begin + n] !== piece);
    const found = { field: 'EAP-Message', at: stray?.at ?? 0, value: 'one that stands apart' };
    reader.check(stray === undefined, 'VALUE', found, 'one next to the others');
    const whole = new Uint8Array(pieces.reduce((size, { value }) => size + value.length, 0));
    let at = 0;
    for (const { value } of pieces) {
      whole.set(value, at);
      at += value.length;
    }
    return whole;
  });

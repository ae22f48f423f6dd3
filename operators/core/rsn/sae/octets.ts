import type { Curve, CurvePoint } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';

const WORD_OCTETS = 8;
const WORD_BITS = 64n;

/** Octets as the integer they spell, the most significant first (IEEE 802.11-2020 12.4.7.2.3). */
export const integerOf = (octets: Uint8Array): bigint => {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const odd = octets.length % WORD_OCTETS;
  let integer = 0n;
  for (let at = 0; at < odd; at++) integer = (integer << 8n) | BigInt(view.getUint8(at));
  for (let at = odd; at < octets.length; at += WORD_OCTETS) integer = (integer << WORD_BITS) | view.getBigUint64(at);
  return integer;
};

/** An integer in that many octets, padded in front with zeros (12.4.7.2.2). */
export const octetsOf = (integer: bigint, length: number): Uint8Array => {
  const octets = new Uint8Array(length);
  const view = new DataView(octets.buffer);
  let rest = integer;
  let at = length;
  for (; at >= WORD_OCTETS; at -= WORD_OCTETS) {
    view.setBigUint64(at - WORD_OCTETS, rest);
    rest >>= WORD_BITS;
  }
  for (; at > 0; at--) {
    octets[at - 1] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return octets;
};

/** A point as its two coordinates, x first (12.4.7.2.4). */
export const octetsOfPoint = ({ length }: Curve, { x, y }: CurvePoint): Uint8Array =>
  joined(octetsOf(x, length), octetsOf(y, length));

/** The coordinates those octets hold; whether they are a point of the curve is another question. */
export const pointOf = ({ length }: Curve, octets: Uint8Array): CurvePoint => ({
  x: integerOf(octets.subarray(0, length)),
  y: integerOf(octets.subarray(length)),
});

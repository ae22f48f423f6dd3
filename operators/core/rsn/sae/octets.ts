import type { Curve, CurvePoint } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';

/** Octets as the integer they spell, the most significant first (IEEE 802.11-2020 12.4.7.2.3). */
export const integerOf = (octets: Uint8Array): bigint => {
  let integer = 0n;
  for (const octet of octets) integer = (integer << 8n) | BigInt(octet);
  return integer;
};

/** An integer in that many octets, padded in front with zeros (12.4.7.2.2). */
export const octetsOf = (integer: bigint, length: number): Uint8Array => {
  const octets = new Uint8Array(length);
  let rest = integer;
  for (let at = length - 1; at >= 0; at--) {
    octets[at] = Number(rest & 0xffn);
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

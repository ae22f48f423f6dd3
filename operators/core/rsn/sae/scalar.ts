import { Secret } from '../../../../streams/events/index.js';
import type { Curve } from '../../crypto/index.js';
import { modulo } from './field.js';
import { integerOf } from './octets.js';

/** So many octets more than the order has make the remainder as good as uniform (FIPS 186-5 A.3.1). */
const EXTRA_OCTETS = 8;

/** Random octets that one scalar takes. */
export const scalarOctets = ({ length }: Curve): number => length + EXTRA_OCTETS;

/** A number between 1 and the order, both excluded. */
export const drawScalar = ({ order }: Curve, random: Uint8Array): bigint => modulo(integerOf(random), order - 2n) + 2n;

/** Octets kept from view, of which no other copy stays. */
export const sealed = (octets: Uint8Array): Secret => {
  const secret = Secret.of(octets);
  octets.fill(0);
  return secret;
};

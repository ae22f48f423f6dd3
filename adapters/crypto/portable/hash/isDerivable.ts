/** Longer than any key, and short enough that asking for it never fails. */
const MOST_OCTETS = 0x10000;
const MOST_ITERATIONS = 0x7fffffff;

/** RFC 8018 5.2 counts iterations from one; what cannot be derived is empty. */
export const isDerivable = (iterations: number, octets: number): boolean =>
  Number.isInteger(iterations) &&
  iterations >= 1 &&
  iterations <= MOST_ITERATIONS &&
  Number.isInteger(octets) &&
  octets >= 1 &&
  octets <= MOST_OCTETS;

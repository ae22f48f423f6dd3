import type { Curve, CurvePoint } from '../../crypto/index.js';
import { choose, inverse, isOdd, modulo, ySquared } from './field.js';

/** The constant z of the map for each group (IEEE 802.11-2020 Table 12-2; RFC 9380 8.2 to 8.4 has the same). */
const CONSTANTS: ReadonlyMap<number, bigint> = new Map([
  [19, -10n],
  [20, -12n],
  [21, -4n],
]);

/** Whether hash-to-element is defined for the group. */
export const isMapped = (group: number): boolean => CONSTANTS.has(group);

/**
 * The simplified Shallue-van de Woestijne-Ulas map of IEEE 802.11-2020 12.4.4.2.3, in its own letters: from any u to a point
 * of the curve. `undefined` for a group it has no constant for.
 */
export const sswu = (curve: Curve, u: bigint): CurvePoint | undefined => {
  const { a, b, prime } = curve;
  const z = CONSTANTS.get(curve.group);
  if (z === undefined) return undefined;
  const zu2 = modulo(z * u * u, prime);
  const m = modulo(zu2 * zu2 + zu2, prime);
  const exceptional = modulo(b * inverse(modulo(z * a, prime), prime), prime);
  const usual = modulo((prime - b) * inverse(a, prime) * (1n + inverse(m, prime)), prime);
  const x1 = choose(m === 0n, exceptional, usual);
  const x2 = modulo(zu2 * x1, prime);
  const [gx1, gx2] = [ySquared(curve, x1), ySquared(curve, x2)];
  const first = curve.squareRoot(gx1) !== undefined;
  const y = curve.squareRoot(choose(first, gx1, gx2));
  if (y === undefined) return undefined;
  return { x: choose(first, x1, x2), y: choose(isOdd(u) === isOdd(y), y, prime - y) };
};

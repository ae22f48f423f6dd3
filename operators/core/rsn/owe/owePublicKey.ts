import type { Curve, CurvePoint } from '../../crypto/index.js';
import { ySquared } from '../sae/field.js';
import { integerOf } from '../sae/octets.js';

/** The point a public key in compact representation stands for (RFC 8110 4.3): either of the two, whose multiples share x. */
export const pointOfPublicKey = (curve: Curve, publicKey: Uint8Array): CurvePoint | undefined => {
  const x = integerOf(publicKey);
  if (publicKey.length !== curve.length || x >= curve.prime) return undefined;
  const y = curve.squareRoot(ySquared(curve, x));
  return y === undefined ? undefined : { x, y };
};

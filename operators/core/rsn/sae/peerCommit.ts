import { equalBytes } from '../../../../streams/events/index.js';
import type { Curve } from '../../crypto/index.js';
import { integerOf, pointOf } from './octets.js';
import type { Commitment } from './ownCommit.js';

/** Why a commit of the peer's is none that may be answered. */
export type CommitFault =
  | 'otherGroup'
  | 'otherElementMethod'
  | 'otherAkm'
  | 'scalarOutOfRange'
  | 'coordinateOutOfRange'
  | 'elementNotOnCurve'
  | 'identityElement';

/** IEEE 802.11-2020 12.4.5.4: the scalar between 1 and the order, the element a point of the curve in reduced coordinates. */
export const faultOf = (curve: Curve, { scalar, element }: Commitment): CommitFault | undefined => {
  const { length, prime, order } = curve;
  const number = integerOf(scalar);
  if (scalar.length !== length || number < 2n || number >= order) return 'scalarOutOfRange';
  const point = pointOf(curve, element);
  if (element.length !== 2 * length || point.x >= prime || point.y >= prime) return 'coordinateOutOfRange';
  return curve.isOnCurve(point) ? undefined : 'elementNotOnCurve';
};

/** Both the same: our own commit thrown back at us (12.4.8.6.4), or the peer's a second time. */
export const isSame = (one: Commitment, other: Commitment): boolean =>
  equalBytes(one.scalar, other.scalar) && equalBytes(one.element, other.element);

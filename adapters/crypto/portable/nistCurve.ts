// P-256, P-384 and P-521: NIST SP 800-186, groups 19, 20 and 21 of RFC 5903; by @noble/curves.
//
// Its multiplication takes the same steps for every scalar and blinds it; the big integers beneath do not promise equal times.

import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { Curve, CurvePoint } from '../../../operators/core/crypto/index.js';
import { jacobiBy } from './jacobiBy.js';

type Points = typeof p256.Point;

const curveOf = (group: number, Point: Points, length: number): Curve => {
  const { p: prime, n: order, a, b, Gx, Gy } = Point.CURVE();
  const { Fp } = Point;
  const symbolOf = jacobiBy(prime);
  const isCoordinate = (value: bigint): boolean => value >= 0n && value < prime;
  const isOnCurve = ({ x, y }: CurvePoint): boolean =>
    isCoordinate(x) && isCoordinate(y) && Fp.sqr(y) === Fp.add(Fp.mul(Fp.add(Fp.sqr(x), a), x), b);
  const affine = (point: InstanceType<Points>): CurvePoint | undefined => {
    if (point.is0()) return undefined;
    const { x, y } = point.toAffine();
    return { x, y };
  };
  const multiply = (point: CurvePoint, scalar: bigint): CurvePoint | undefined => {
    const factor = Point.Fn.create(scalar);
    return factor === 0n || !isOnCurve(point) ? undefined : affine(Point.fromAffine(point).multiply(factor));
  };
  return {
    group,
    prime,
    order,
    a,
    b,
    length,
    generator: { x: Gx, y: Gy },
    isOnCurve,
    add: (p, q) => {
      if ((p !== undefined && !isOnCurve(p)) || (q !== undefined && !isOnCurve(q))) return;
      const left = p === undefined ? Point.ZERO : Point.fromAffine(p);
      const right = q === undefined ? Point.ZERO : Point.fromAffine(q);
      return affine(left.add(right));
    },
    negate: ({ x, y }) => ({ x, y: Fp.neg(y) }),
    multiply,
    sharedX: (point, scalar) => multiply(point, scalar)?.x,
    isSquare: (value) => symbolOf(Fp.create(value)) !== -1,
    squareRoot: (value) => {
      // All three primes are 3 mod 4.
      const square = Fp.create(value);
      const root = Fp.pow(square, (prime + 1n) / 4n);
      return Fp.sqr(root) === square ? root : undefined;
    },
  };
};

const curves: ReadonlyMap<number, Curve> = new Map([
  [19, curveOf(19, p256.Point, 32)],
  [20, curveOf(20, p384.Point, 48)],
  [21, curveOf(21, p521.Point, 66)],
]);

/** The curves P-256, P-384 and P-521 under the numbers IANA gave them for IKE (RFC 5903). */
export const nistCurve = (group: number): Curve | undefined => curves.get(group);

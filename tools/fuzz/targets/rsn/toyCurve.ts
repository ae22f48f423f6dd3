import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Curve, CurvePoint } from '../../../../operators/core/index.js';

const NON_RESIDUE = 3n;

/**
 * A group of the size of a real one in which adding is adding: who multiplies in another order comes to the same point, and that
 * is all an exchange of keys needs to be walked through. There are points that are on no curve, and numbers without a root.
 */
export const toyCurve = (group: number): Curve | undefined => {
  const real = nodeCrypto.curve(group);
  if (real === undefined) return undefined;
  const { prime, order, a, b, generator, length } = real;
  const point = (x: bigint, y: bigint): CurvePoint | undefined => {
    const [left, right] = [((x % order) + order) % order, ((y % order) + order) % order];
    return left === 0n && right === 0n ? undefined : { x: left, y: right };
  };
  return {
    ...{ group, prime, order, a, b, generator, length },
    isOnCurve: ({ x, y }) => x !== y && x < order && y < order,
    add: (p, q) => (p && q ? point(p.x + q.x, p.y + q.y) : (p ?? q)),
    negate: ({ x, y }) => ({ x: order - x, y: order - y }),
    multiply: ({ x, y }, scalar) => point(x * scalar, y * scalar),
    sharedX: ({ x, y }, scalar) => point(x * scalar, y * scalar)?.x,
    isSquare: (value) => value % 16n !== NON_RESIDUE,
    squareRoot: (value) => (value % 16n === NON_RESIDUE ? undefined : value >> 1n),
  };
};

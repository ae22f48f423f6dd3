// Scalar multiplication on the NIST curves by OpenSSL's ECDH, which computes in constant time and gives away x alone.

import { createECDH } from 'node:crypto';
import type { Curve, CurvePoint } from '../../../operators/core/crypto/index.js';
import { nistCurve } from '../portable/nistCurve.js';

const names: Readonly<Record<number, string>> = { 19: 'prime256v1', 20: 'secp384r1', 21: 'secp521r1' };

const octetsOf = (value: bigint, length: number): Buffer => Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
const numberOf = (octets: Buffer): bigint => BigInt(`0x${octets.toString('hex')}`);

/** The field modulo the curve's prime, as far as it takes to find y. */
const fieldOf = ({ prime, a, b }: Curve) => {
  const reduced = (value: bigint): bigint => ((value % prime) + prime) % prime;
  const power = (base: bigint, exponent: bigint): bigint => {
    let result = 1n;
    let square = reduced(base);
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % prime;
      square = (square * square) % prime;
    }
    return result;
  };
  return {
    reduced,
    /** By Fermat: the same steps for every value. */
    inverse: (value: bigint): bigint => power(value, prime - 2n),
    /** x³ + ax + b, which is y². */
    squareOfY: (x: bigint): bigint => reduced((x * x + a) * x + b),
  };
};

/** x of scalar times point; `undefined` where OpenSSL refuses. */
const sharedX = (name: string, point: Buffer, scalar: Buffer): bigint | undefined => {
  try {
    const ecdh = createECDH(name);
    ecdh.setPrivateKey(scalar);
    const shared = ecdh.computeSecret(point);
    const x = numberOf(shared);
    shared.fill(0);
    return x;
  } catch {
    return undefined;
  } finally {
    scalar.fill(0);
  }
};

/**
 * The point kP from the x of kP and of (k + 1)P. The chord through P and kP meets the curve again below (k + 1)P, so with s its
 * slope, s² = x + x₁ + x₂ and s(x₁ - x) = y₁ - y; squared, with y² and y₁² taken from the curve's equation, that leaves y₁ linear.
 */
const recovered = (curve: Curve, { x, y }: CurvePoint, x1: bigint, x2: bigint): CurvePoint => {
  const { reduced, inverse, squareOfY } = fieldOf(curve);
  const chord = (x + x1 + x2) * (x1 - x) ** 2n;
  return { x: x1, y: reduced((squareOfY(x) + squareOfY(x1) - chord) * inverse(2n * y)) };
};

const withOpenssl = (curve: Curve, name: string): Curve => {
  const { order, length } = curve;
  return {
    ...curve,
    multiply: (point, scalar) => {
      const factor = ((scalar % order) + order) % order;
      if (factor === 0n || !curve.isOnCurve(point)) return;
      const encoded = Buffer.concat([Uint8Array.of(4), octetsOf(point.x, length), octetsOf(point.y, length)]);
      const x1 = sharedX(name, encoded, octetsOf(factor, length));
      const x2 = sharedX(name, encoded, octetsOf(factor + 1n, length));
      // OpenSSL refuses the order itself, and so k + 1 for k = -1.
      return x1 === undefined || x2 === undefined ? curve.multiply(point, factor) : recovered(curve, point, x1, x2);
    },
  };
};

const curves: ReadonlyMap<number, Curve> = new Map(
  Object.entries(names).flatMap(([group, name]) => {
    const curve = nistCurve(Number(group));
    return curve === undefined ? [] : [[Number(group), withOpenssl(curve, name)]];
  }),
);

export const opensslCurve = (group: number): Curve | undefined => curves.get(group);

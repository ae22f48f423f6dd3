// Scalar multiplication on the NIST curves by OpenSSL's ECDH, which computes in constant time and gives away x alone.

import { ECDH } from 'node:crypto';
import type { Curve, CurvePoint } from '../../../operators/core/crypto/index.js';
import { nistCurve } from '../portable/nistCurve.js';
import { type SharedX, sharedXByEcdh, sharedXByKeys } from './sharedX.js';

const octetsOf = (value: bigint, length: number): Buffer => Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
const numberOf = (octets: Buffer): bigint => BigInt(`0x${octets.toString('hex')}`);

const uncompressed = ({ x, y }: CurvePoint, length: number): Buffer =>
  Buffer.concat([Uint8Array.of(4), octetsOf(x, length), octetsOf(y, length)]);

/** One of the two y that a point with this x may have. */
const someY = (name: string, x: Buffer): bigint => {
  const whole = ECDH.convertKey(Buffer.concat([Uint8Array.of(2), x]), name, undefined, undefined, 'uncompressed');
  return Buffer.isBuffer(whole) ? numberOf(whole.subarray(1 + x.length)) : 0n;
};

/**
 * The y of kP from its x₁, and from the x₂ of (k + 1)P. The chord through P and kP meets the curve again below (k + 1)P, so with s its
 * slope, s² = x + x₁ + x₂, and s(x₁ - x) = y₁ - y, which is so of one of the two y₁ and of neither if something went wrong.
 */
const fittingY = (
  { prime }: Curve,
  { x, y }: CurvePoint,
  [x1, x2]: readonly [bigint, bigint],
  y1: bigint,
): bigint | undefined => {
  const chord = (x + x1 + x2) * (x1 - x) ** 2n;
  const [fits, fitsNegated] = [y1, -y1].map((each) => ((each - y) ** 2n - chord) % prime === 0n);
  if (fits === fitsNegated) return undefined;
  return y1 * BigInt(fits === true) + (prime - y1) * BigInt(fitsNegated === true);
};

/** What is computed of some scalars, which are wiped then; nothing where OpenSSL refuses, as it does the order itself. */
const withScalars = <A>(factors: ReadonlyArray<bigint>, length: number, compute: (...scalars: Buffer[]) => A): A | undefined => {
  const scalars = factors.map((factor) => octetsOf(factor, length));
  try {
    return compute(...scalars);
  } catch {
    return undefined;
  } finally {
    for (const octets of scalars) octets.fill(0);
  }
};

const withOpenssl = (curve: Curve, name: string, sharedX: SharedX): Curve => {
  const { order, length } = curve;
  const times = (point: CurvePoint, factor: bigint): CurvePoint | undefined =>
    withScalars([factor, factor + 1n], length, (one, next) => {
      const multiply = sharedX(uncompressed(point, length));
      const [first, second] = [multiply(one), multiply(next)];
      const x1 = numberOf(first);
      const y1 = fittingY(curve, point, [x1, numberOf(second)], someY(name, first));
      for (const octets of [first, second]) octets.fill(0);
      return y1 === undefined ? undefined : { x: x1, y: y1 };
    });
  const xOf = (point: CurvePoint, factor: bigint): bigint | undefined =>
    withScalars([factor], length, (scalar) => {
      const x = sharedX(uncompressed(point, length))(scalar);
      const value = numberOf(x);
      x.fill(0);
      return value;
    });
  /** The scalar modulo the order, where there is anything to be multiplied. */
  const factorOf = (point: CurvePoint, scalar: bigint): bigint | undefined => {
    const factor = ((scalar % order) + order) % order;
    return factor === 0n || !curve.isOnCurve(point) ? undefined : factor;
  };
  return {
    ...curve,
    multiply: (point, scalar) => {
      const factor = factorOf(point, scalar);
      return factor === undefined ? undefined : (times(point, factor) ?? curve.multiply(point, factor));
    },
    sharedX: (point, scalar) => {
      const factor = factorOf(point, scalar);
      return factor === undefined ? undefined : (xOf(point, factor) ?? curve.sharedX(point, factor));
    },
  };
};

const SECP_384_R1 = Buffer.from('06052b81040022', 'hex');
const SECP_521_R1 = Buffer.from('06052b81040023', 'hex');

const byKeys = (identifier: Buffer, { generator, length }: Curve): SharedX =>
  sharedXByKeys(identifier, uncompressed(generator, length));

type Way = readonly [name: string, sharedX: (curve: Curve) => SharedX];

const WAYS: ReadonlyMap<number, Way> = new Map<number, Way>([
  [19, ['prime256v1', () => sharedXByEcdh('prime256v1')]],
  [20, ['secp384r1', (curve) => byKeys(SECP_384_R1, curve)]],
  [21, ['secp521r1', (curve) => byKeys(SECP_521_R1, curve)]],
]);

const curves: ReadonlyMap<number, Curve> = new Map(
  [...WAYS].flatMap(([group, [name, sharedX]]) => {
    const curve = nistCurve(group);
    return curve === undefined ? [] : [[group, withOpenssl(curve, name, sharedX(curve))]];
  }),
);

export const opensslCurve = (group: number): Curve | undefined => curves.get(group);

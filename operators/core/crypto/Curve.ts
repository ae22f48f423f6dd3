/** A point in affine coordinates; the point at infinity has none and is `undefined`. */
export interface CurvePoint {
  readonly x: bigint;
  readonly y: bigint;
}

/**
 * A prime-field curve y² = x³ + ax + b, as SAE, OWE and EAP-pwd use it (IEEE 802.11-2020 12.4.4.2).
 *
 * @since 0.2.0
 */
export interface Curve {
  readonly group: number;
  readonly prime: bigint;
  readonly order: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly generator: CurvePoint;
  /** Octets of a coordinate, and of a scalar. */
  readonly length: number;
  isOnCurve(point: CurvePoint): boolean;
  add(p: CurvePoint | undefined, q: CurvePoint | undefined): CurvePoint | undefined;
  negate(point: CurvePoint): CurvePoint;
  /** In a time that does not depend on the scalar, as far as the platform allows. */
  multiply(point: CurvePoint, scalar: bigint): CurvePoint | undefined;
  /** The x of that point, which is what two parties agree on (SEC 1 3.3.1): it may take less time than both coordinates. */
  sharedX(point: CurvePoint, scalar: bigint): bigint | undefined;
  /** Whether a value is a square modulo the prime. How long it takes tells of the value: to be asked of one that is blinded. */
  isSquare(value: bigint): boolean;
  /** A square root modulo the prime, or `undefined` for a non-residue. */
  squareRoot(value: bigint): bigint | undefined;
}

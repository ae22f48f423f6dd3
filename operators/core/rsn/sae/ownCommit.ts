import type { Secret } from '../../../../streams/events/index.js';
import type { Curve, CurvePoint } from '../../crypto/index.js';
import { modulo } from './field.js';
import { octetsOf, octetsOfPoint } from './octets.js';
import { drawScalar, scalarOctets, sealed } from './scalar.js';

/** What an end of the exchange tells the other: its commit-scalar and COMMIT-ELEMENT, as they are on the air. */
export interface Commitment {
  readonly scalar: Uint8Array;
  readonly element: Uint8Array;
}

/** Our commitment, with what only we know of it. */
export interface OwnCommit extends Commitment {
  readonly rand: Secret;
  /** The password element, both coordinates. */
  readonly passwordElement: Secret;
}

/** The two secrets of a commit. */
export interface CommitSecrets {
  readonly rand: bigint;
  readonly mask: bigint;
}

export const commitOctets = (curve: Curve): number => 2 * scalarOctets(curve);

/** Of as many random octets as `commitOctets` says. */
export const secretsOf = (curve: Curve, random: Uint8Array): CommitSecrets => {
  const half = scalarOctets(curve);
  return { rand: drawScalar(curve, random.subarray(0, half)), mask: drawScalar(curve, random.subarray(half, 2 * half)) };
};

/** IEEE 802.11-2020 12.4.5.3; `undefined` when the numbers give a scalar that tells on them, and others must be drawn. */
export const ownCommit = (curve: Curve, passwordElement: CurvePoint, { rand, mask }: CommitSecrets): OwnCommit | undefined => {
  const scalar = modulo(rand + mask, curve.order);
  const masked = curve.multiply(passwordElement, mask);
  if (scalar < 2n || masked === undefined) return undefined;
  return {
    scalar: octetsOf(scalar, curve.length),
    element: octetsOfPoint(curve, curve.negate(masked)),
    rand: sealed(octetsOf(rand, curve.length)),
    passwordElement: sealed(octetsOfPoint(curve, passwordElement)),
  };
};

export const forgetCommit = ({ rand, passwordElement }: OwnCommit): void => {
  rand.zeroise();
  passwordElement.zeroise();
};

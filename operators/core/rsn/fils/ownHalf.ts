import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../streams/events/index.js';
import {
  AuthenticationAlgorithm,
  FILS_NONCE_SIZE,
  FILS_SESSION_SIZE,
  StatusCode,
  withPmkids,
  writeAuthenticationFrame,
  writeFilsAuthentication,
} from '../../../../streams/frames/index.js';
import type { Curve } from '../../crypto/index.js';
import { octetsOf, octetsOfPoint } from '../sae/octets.js';
import { drawScalar, sealed } from '../sae/scalar.js';
import type { FilsTerms } from './FilsSetup.js';

/** What we put into an authentication. */
export interface OwnHalf {
  readonly nonce: Uint8Array;
  readonly session: Uint8Array;
  /** Of the Diffie-Hellman exchange: what the other side gets to see, and what it does not. */
  readonly share?: Uint8Array;
  readonly privateKey?: Secret;
}

const keyPair = (curve: Curve, random: Uint8Array): Pick<OwnHalf, 'share' | 'privateKey'> => {
  const scalar = drawScalar(curve, random);
  const point = curve.multiply(curve.generator, scalar);
  return point === undefined ? {} : { share: octetsOfPoint(curve, point), privateKey: sealed(octetsOf(scalar, curve.length)) };
};

/** Of as many random octets as `randomOctets` says. */
export const drawHalf = ({ curve }: FilsTerms, random: Uint8Array): OwnHalf => {
  const end = FILS_NONCE_SIZE + FILS_SESSION_SIZE;
  return {
    nonce: random.slice(0, FILS_NONCE_SIZE),
    session: random.slice(FILS_NONCE_SIZE, end),
    ...(curve && keyPair(curve, random.subarray(end))),
  };
};

/** FILS, or FILS with perfect forward secrecy. */
export const algorithmOf = ({ curve }: FilsTerms): number =>
  curve === undefined ? AuthenticationAlgorithm.codes.FILS : AuthenticationAlgorithm.codes.FILS_PFS;

/** Our RSNE with the name of the PMK that may be used again. */
export const offeredRsne = ({ rsne, cached }: FilsTerms): Uint8Array =>
  cached === undefined ? rsne : withPmkids(rsne, [cached.pmkid]);

/** The first frame (IEEE 802.11-2020 12.11.2.3.2); `undefined` where an element does not fit. */
export const firstFrame = (terms: FilsTerms, { nonce, session, share }: OwnHalf): Uint8Array | undefined => {
  const { group, mobilityDomain, reauthentication, suite } = terms;
  const written = writeFilsAuthentication({
    ...(group !== undefined && share && { keyShare: { group, element: share } }),
    rsne: offeredRsne(terms),
    ...(suite.fastTransition && mobilityDomain && { mobilityDomain }),
    ...{ nonce, session },
    ...(reauthentication && { wrappedData: reauthentication }),
  });
  if (isLeft(written)) return undefined;
  const status = StatusCode.codes.SUCCESS;
  return writeAuthenticationFrame({ algorithm: algorithmOf(terms), transaction: 1, status, rest: written.right });
};

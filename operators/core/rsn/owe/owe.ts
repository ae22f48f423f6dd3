import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../streams/events/index.js';
import {
  type DecodeError,
  ElementExtension,
  ElementId,
  findElement,
  type OweDiffieHellman,
  readElements,
  readOweDiffieHellman,
  writeOweDiffieHellman,
} from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { integerOf, octetsOf } from '../sae/octets.js';
import { drawScalar, scalarOctets, sealed } from '../sae/scalar.js';
import { type OweKeys, oweKeys } from './oweKeys.js';
import { pointOfPublicKey } from './owePublicKey.js';

/**
 * Why opportunistic wireless encryption came to no key.
 *
 * @since 0.2.0
 */
export type OweFailure =
  | { readonly reason: 'unsupportedGroup'; readonly group: number }
  | { readonly reason: 'tooLittleRandom'; readonly expected: number; readonly found: number }
  | { readonly reason: 'malformed'; readonly error: DecodeError }
  | { readonly reason: 'noDiffieHellman' }
  | { readonly reason: 'otherGroup'; readonly expected: number; readonly found: number }
  /** The octets are not the x coordinate of a point. */
  | { readonly reason: 'invalidPublicKey'; readonly octets: number }
  | { readonly reason: 'noSharedSecret' };

/** Between the association request and its response. */
export interface OweState {
  readonly group: number;
  readonly privateKey: Secret;
  readonly publicKey: Uint8Array;
}

export interface OweBegun {
  readonly state: OweState;
  /** The whole Diffie-Hellman Parameter element, for the association request. */
  readonly element: Uint8Array;
}

/**
 * Random octets a key pair takes, or `undefined` for a group that is not offered.
 *
 * @since 0.2.0
 */
export const oweRandomOctets = (crypto: Crypto, group: number): number | undefined => {
  const curve = crypto.curve(group);
  return curve === undefined ? undefined : scalarOctets(curve);
};

/**
 * Our half of the exchange (RFC 8110 4.3).
 *
 * @example
 * const begin = (crypto: Crypto): OweState | undefined => {
 *   const begun = beginOwe(crypto, 19, randomBytes(oweRandomOctets(crypto, 19) ?? 0));
 *   if (begun._tag === 'Left') return undefined;
 *   begun.right.element; // ff 23 20 13 00 …, for the association request
 *   return begun.right.state;
 * };
 *
 * @since 0.2.0
 */
export const beginOwe = (crypto: Crypto, group: number, privateRandom: Uint8Array): Either<OweFailure, OweBegun> => {
  const curve = crypto.curve(group);
  if (curve === undefined) return left({ reason: 'unsupportedGroup', group });
  const [expected, found] = [scalarOctets(curve), privateRandom.length];
  if (found < expected) return left({ reason: 'tooLittleRandom', expected, found });
  const scalar = drawScalar(curve, privateRandom.subarray(0, expected));
  const point = curve.multiply(curve.generator, scalar);
  if (point === undefined) return left({ reason: 'unsupportedGroup', group });
  const publicKey = octetsOf(point.x, curve.length);
  const element = writeOweDiffieHellman({ group, publicKey });
  if (isLeft(element)) return left({ reason: 'unsupportedGroup', group });
  return right({ state: { group, privateKey: sealed(octetsOf(scalar, curve.length)), publicKey }, element: element.right });
};

const diffieHellmanOf = (element: Uint8Array): Either<OweFailure, OweDiffieHellman> => {
  const elements = readElements(element);
  if (isLeft(elements)) return left({ reason: 'malformed', error: elements.left });
  const found = findElement(elements.right, ElementId.codes.EXTENSION, ElementExtension.codes.OWE_DH);
  if (found === undefined) return left({ reason: 'noDiffieHellman' });
  const parameters = readOweDiffieHellman(found.body);
  return isLeft(parameters) ? left({ reason: 'malformed', error: parameters.left }) : parameters;
};

const agree = (crypto: Crypto, state: OweState, peer: OweDiffieHellman): Either<OweFailure, OweKeys> => {
  const { group, privateKey, publicKey } = state;
  if (peer.group !== group) return left({ reason: 'otherGroup', expected: group, found: peer.group });
  const curve = crypto.curve(group);
  if (curve === undefined) return left({ reason: 'unsupportedGroup', group });
  const point = pointOfPublicKey(curve, peer.publicKey);
  if (point === undefined) return left({ reason: 'invalidPublicKey', octets: peer.publicKey.length });
  const shared = curve.multiply(point, integerOf(privateKey.reveal()));
  if (shared === undefined) return left({ reason: 'noSharedSecret' });
  const z = octetsOf(shared.x, curve.length);
  const keys = oweKeys(crypto, curve, { client: publicKey, accessPoint: peer.publicKey }, z);
  z.fill(0);
  return right(keys);
};

/** Destroys the private key. */
export const releaseOwe = ({ privateKey }: OweState): void => {
  privateKey.zeroise();
};

/**
 * The PMK and its name, of the Diffie-Hellman Parameter element in the association response. The private key serves once:
 * whatever comes of it, it is gone afterwards.
 *
 * @since 0.2.0
 */
export const finishOwe = (crypto: Crypto, state: OweState, responseElement: Uint8Array): Either<OweFailure, OweKeys> => {
  const peer = diffieHellmanOf(responseElement);
  const keys = isLeft(peer) ? peer : agree(crypto, state, peer.right);
  releaseOwe(state);
  return keys;
};

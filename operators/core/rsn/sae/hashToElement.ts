import type { Secret } from '../../../../streams/events/index.js';
import type { Crypto, Curve, CurvePoint } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';
import { greaterFirst, type SaeAddresses } from './addresses.js';
import { modulo } from './field.js';
import { DIGEST_OCTETS, digestOf } from './hash.js';
import { expand, extract } from './hkdf.js';
import { integerOf, octetsOfPoint, pointOf } from './octets.js';
import { sealed } from './scalar.js';
import { sswu } from './sswu.js';

/** What a network's password element is made of; the identifier names one of several passwords. */
export interface SaePassword {
  readonly ssid: Uint8Array;
  readonly password: Uint8Array;
  readonly identifier?: Uint8Array;
}

/**
 * The part of a password element that depends on the network and its password alone: derive it once, keep it as one keeps a
 * password, use it with every access point.
 *
 * @since 0.2.0
 */
export interface SaePt {
  readonly group: number;
  readonly element: Secret;
}

const mapped = (crypto: Crypto, curve: Curve, seed: Uint8Array, info: string): CurvePoint | undefined => {
  const value = expand(crypto, digestOf(curve), seed, { info, octets: curve.length + Math.ceil(curve.length / 2) });
  const u = modulo(integerOf(value), curve.prime);
  value.fill(0);
  return sswu(curve, u);
};

/**
 * PT of IEEE 802.11-2020 12.4.4.2.3. `undefined` for a group that is not offered.
 *
 * @example
 * const utf8 = new TextEncoder();
 * const ptOf = (crypto: Crypto, password: string): SaePt | undefined =>
 *   derivePt(crypto, 19, { ssid: utf8.encode('home'), password: utf8.encode(password) });
 *
 * @since 0.2.0
 */
export const derivePt = (crypto: Crypto, group: number, { ssid, password, identifier }: SaePassword): SaePt | undefined => {
  const curve = crypto.curve(group);
  if (curve === undefined) return undefined;
  const material = joined(password, identifier ?? new Uint8Array(0));
  const seed = extract(crypto, digestOf(curve), ssid, material);
  const p1 = mapped(crypto, curve, seed, 'SAE Hash to Element u1 P1');
  const p2 = mapped(crypto, curve, seed, 'SAE Hash to Element u2 P2');
  material.fill(0);
  seed.fill(0);
  const pt = p1 === undefined || p2 === undefined ? undefined : curve.add(p1, p2);
  if (pt === undefined) return undefined;
  return { group, element: sealed(octetsOfPoint(curve, pt)) };
};

/** The password element between two addresses: val of 12.4.4.2.3 times PT. */
export const elementFromPt = (crypto: Crypto, curve: Curve, pt: SaePt, addresses: SaeAddresses): CurvePoint | undefined => {
  const hash = digestOf(curve);
  const digest = extract(crypto, hash, new Uint8Array(DIGEST_OCTETS[hash]), greaterFirst(addresses));
  const value = modulo(integerOf(digest), curve.order - 1n) + 1n;
  return curve.multiply(pointOf(curve, pt.element.reveal()), value);
};

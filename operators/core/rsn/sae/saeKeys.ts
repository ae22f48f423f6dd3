import { Secret } from '../../../../streams/events/index.js';
import type { Crypto, Curve } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';
import { kdf } from '../keys/kdf.js';
import { isOwnGreater, type SaeAddresses } from './addresses.js';
import { modulo } from './field.js';
import { DIGEST_OCTETS, type DigestName } from './hash.js';
import { extract } from './hkdf.js';
import { integerOf, octetsOf, pointOf } from './octets.js';
import type { Commitment, OwnCommit } from './ownCommit.js';

export interface SaeKeys {
  readonly kck: Secret;
  readonly pmk: Secret;
  readonly pmkid: Uint8Array;
}

/** The groups each end says the other has rejected; empty lists where there is no such element. */
export interface RejectedGroups {
  readonly own: ReadonlyArray<number>;
  readonly peer: ReadonlyArray<number>;
}

/** What goes into the keys besides the shared secret. */
export interface SaeKeyContext {
  readonly curve: Curve;
  readonly hash: DigestName;
  readonly pmkOctets: number;
  /** The two scalars, whose order does not matter. */
  readonly scalars: readonly [Uint8Array, Uint8Array];
  readonly salt: Uint8Array;
}

/** k of IEEE 802.11-2020 12.4.5.4; `undefined` when K is the identity, which an honest peer never brings about. */
export const sharedSecret = (curve: Curve, own: OwnCommit, peer: Commitment): Uint8Array | undefined => {
  const product = curve.multiply(pointOf(curve, own.passwordElement.reveal()), integerOf(peer.scalar));
  const sum = curve.add(product, pointOf(curve, peer.element));
  const k = sum === undefined ? undefined : curve.sharedX(sum, integerOf(own.rand.reveal()));
  return k === undefined ? undefined : octetsOf(k, curve.length);
};

const groupList = (groups: ReadonlyArray<number>): Uint8Array =>
  Uint8Array.from(groups.flatMap((group) => [group & 0xff, group >>> 8]));

/** The salt of the key seed: the rejected groups, those of the greater address first, or zeros where none were rejected. */
export const saltOf = (hash: DigestName, addresses: SaeAddresses, { own, peer }: RejectedGroups): Uint8Array => {
  if (own.length + peer.length === 0) return new Uint8Array(DIGEST_OCTETS[hash]);
  return isOwnGreater(addresses) ? groupList([...own, ...peer]) : groupList([...peer, ...own]);
};

/** KCK ‖ PMK and the PMKID of 12.4.5.4. */
export const saeKeys = (crypto: Crypto, k: Uint8Array, { curve, hash, pmkOctets, scalars, salt }: SaeKeyContext): SaeKeys => {
  const seed = extract(crypto, hash, salt, k);
  const [one, other] = scalars;
  const context = octetsOf(modulo(integerOf(one) + integerOf(other), curve.order), curve.length);
  const kckOctets = DIGEST_OCTETS[hash];
  const keys = kdf(crypto, hash, seed, { label: 'SAE KCK and PMK', context, octets: kckOctets + pmkOctets });
  const kck = Secret.of(keys.subarray(0, kckOctets));
  const pmk = Secret.of(keys.subarray(kckOctets));
  seed.fill(0);
  keys.fill(0);
  return { kck, pmk, pmkid: context.slice(0, 16) };
};

/** CN of 12.4.5.5: over the counter, the commitment of whoever confirms, and then the other's. */
export const confirmOf = (
  crypto: Crypto,
  hash: DigestName,
  kck: Secret,
  sendConfirm: number,
  [first, second]: readonly [Commitment, Commitment],
): Uint8Array => {
  const counter = Uint8Array.of(sendConfirm & 0xff, sendConfirm >>> 8);
  return crypto.hmac(hash, kck.reveal(), joined(counter, first.scalar, first.element, second.scalar, second.element));
};

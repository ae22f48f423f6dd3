import type { Crypto, Curve, CurvePoint } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';
import { greaterFirst, type SaeAddresses } from './addresses.js';
import { DIGEST_OCTETS } from './hash.js';
import { huntFor } from './hunt.js';
import { octetsOf } from './octets.js';

const LABEL = 'SAE Hunting and Pecking';

/** KDF-Hash-z of a seed, before it is cut to z, the number of bits of the prime. */
const stretch = (crypto: Crypto, { prime, length }: Curve, seed: Uint8Array): Uint8Array => {
  const bits = prime.toString(2).length;
  const context = joined(LABEL, octetsOf(prime, length), Uint8Array.of(bits & 0xff, bits >>> 8));
  const blocks = Math.ceil(length / DIGEST_OCTETS.sha256);
  const messages = Array.from({ length: blocks }, (_, index) => joined(Uint8Array.of(index + 1, 0), context));
  return crypto.hmacs('sha256', seed, messages);
};

/**
 * The password element by hunting and pecking (IEEE 802.11-2020 12.4.4.2.2), between two addresses. `undefined` when no counter
 * gives one, which is not to be expected.
 */
export const huntAndPeck = (
  crypto: Crypto,
  curve: Curve,
  password: Uint8Array,
  addresses: SaeAddresses,
  random: Uint8Array,
): CurvePoint | undefined => {
  const key = greaterFirst(addresses);
  const seed = (base: Uint8Array, counter: number): Uint8Array => {
    const message = joined(base, Uint8Array.of(counter));
    const result = crypto.hmac('sha256', key, message);
    message.fill(0);
    return result;
  };
  return huntFor(crypto, curve, { password, seed, stretch: (of) => stretch(crypto, curve, of) }, random);
};

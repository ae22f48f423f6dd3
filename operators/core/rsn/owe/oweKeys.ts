import type { Secret } from '../../../../streams/events/index.js';
import type { Crypto, Curve } from '../../crypto/index.js';
import { joined } from '../keys/joined.js';
import { DIGEST_OCTETS, digestOf } from '../sae/hash.js';
import { expand, extract } from '../sae/hkdf.js';
import { sealed } from '../sae/scalar.js';

/** What opportunistic wireless encryption ends with. */
export interface OweKeys {
  readonly pmk: Secret;
  readonly pmkid: Uint8Array;
}

/** C and A of RFC 8110 4.4, as they are on the air. */
export interface OwePublicKeys {
  readonly client: Uint8Array;
  readonly accessPoint: Uint8Array;
}

/** RFC 8110 4.4: the PMK is as long as the digest of the group's hash. */
export const oweKeys = (crypto: Crypto, curve: Curve, { client, accessPoint }: OwePublicKeys, shared: Uint8Array): OweKeys => {
  const hash = digestOf(curve);
  const salt = joined(client, accessPoint, Uint8Array.of(curve.group & 0xff, curve.group >>> 8));
  const prk = extract(crypto, hash, salt, shared);
  const pmk = sealed(expand(crypto, hash, prk, { info: 'OWE Key Generation', octets: DIGEST_OCTETS[hash] }));
  prk.fill(0);
  return { pmk, pmkid: crypto.hash(hash, joined(client, accessPoint)).slice(0, 16) };
};

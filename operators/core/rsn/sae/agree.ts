import type { Commitment, OwnCommit } from './ownCommit.js';
import { hashFor, pmkOctets, type SaeSetup } from './SaeSetup.js';
import type { Confirmed, PeerCommit, Terms } from './SaeState.js';
import { saeKeys, saltOf, sharedSecret } from './saeKeys.js';

const publicPart = ({ scalar, element }: Commitment): Commitment => ({ scalar, element });

/** What two commits make (IEEE 802.11-2020 12.4.5.4); `undefined` when that is the identity, and the peer is to be refused. */
export const agree = (
  setup: SaeSetup,
  { method, curve, rejected }: Terms,
  own: OwnCommit,
  peer: PeerCommit,
): Pick<Confirmed, 'hash' | 'own' | 'peer' | 'keys'> | undefined => {
  const k = sharedSecret(curve, own, peer);
  if (k === undefined) return undefined;
  const hash = hashFor(method, curve);
  const lists = method === 'hashToElement' ? { own: rejected, peer: peer.rejectedGroups } : { own: [], peer: [] };
  const salt = saltOf(hash, setup.addresses, lists);
  const keys = saeKeys(setup.crypto, k, {
    curve,
    hash,
    pmkOctets: pmkOctets(setup, hash),
    scalars: [own.scalar, peer.scalar],
    salt,
  });
  k.fill(0);
  return { hash, own: publicPart(own), peer: publicPart(peer), keys };
};

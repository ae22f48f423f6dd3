import { isLeft } from 'fp-ts/lib/Either.js';
import type { Crypto } from '../../crypto/index.js';
import { parametersOf } from '../../rsn/akm.js';
import type { Network } from '../../rsn/network.js';
import { type RootKey, rootKeyOf } from '../../rsn/rootKey.js';
import type { CandidateKey } from '../KeyRing.js';

/** A key the handshakes of an association may be made with. */
export interface Candidate {
  readonly kind: CandidateKey['kind'];
  /** What it was made from: the PMK, or of a mobility domain what its PMK-R0 comes from. */
  readonly source: CandidateKey;
  /** Its key belongs to the key ring, but for that of a mobility domain. */
  readonly root: RootKey;
}

/** What a PMK is to this association, if it can be its. */
export const candidateOf = (crypto: Crypto, network: Network, source: CandidateKey): Candidate | undefined => {
  const { akm } = network;
  const { kind, pmk } = source;
  if (!pmk.isKnown || !akm.pmkLengths.includes(pmk.length)) return undefined;
  if (!akm.fastTransition)
    return { kind, source, root: { key: pmk, parameters: parametersOf(akm, pmk.length), isRemembered: false } };
  const root = rootKeyOf(crypto, network, pmk.copy(), { isRemembered: false });
  return isLeft(root) ? undefined : { kind, source, root: root.right };
};

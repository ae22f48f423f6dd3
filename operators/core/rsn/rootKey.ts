import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { L2Reason, type Secret } from '../../../streams/events/index.js';
import { leadingElements, readFastTransition, readMobilityDomain } from '../../../streams/frames/index.js';
import type { Crypto } from '../crypto/index.js';
import { type AkmParameters, parametersOf } from './akm.js';
import { type Fault, fatal } from './fault.js';
import { ftMicLength, ftPtk, ftR0, ftR1, type PmkR0, zeroiseSecondKeys } from './keys/ft.js';
import { type HandshakeAddresses, type Nonces, type Ptk, pairwiseKey } from './keys/ptk.js';
import type { Network } from './network.js';

/** The names and holders of a fast transition's key hierarchy (IEEE 802.11-2020 12.7.1.6). */
export interface Hierarchy {
  /** The PMK-R0 and its name: what the keys of other access points of the domain come from. */
  readonly r0?: PmkR0;
  readonly pmkR1Name: Uint8Array;
  readonly r0KeyHolder: Uint8Array;
  readonly r1KeyHolder: Uint8Array;
}

/** What the pairwise keys of an association come from: the PMK, or in a mobility domain the PMK-R1. */
export interface RootKey {
  readonly key: Secret;
  readonly parameters: AkmParameters;
  /** The name it was offered or remembered under. */
  readonly pmkid?: Uint8Array;
  /** The host has it: from an earlier association, so that the access point may have forgotten it, or since this one is up. */
  readonly isRemembered: boolean;
  /** In a mobility domain, whose keys have names of their own: what the PMK that was offered is remembered under. */
  readonly madeOf?: Uint8Array;
  readonly hierarchy?: Hierarchy;
}

/** The name of the PMK of an earlier association that this key is, or comes from: the access point may have forgotten it. */
export const offeredName = ({ isRemembered, pmkid, madeOf }: RootKey): Uint8Array | undefined =>
  madeOf ?? (isRemembered ? pmkid : undefined);

export const zeroiseRoot = ({ key, hierarchy }: RootKey): void => {
  key.zeroise();
  hierarchy?.r0?.pmkR0.zeroise();
};

/** What an association's messages are made with: what was agreed, and its master key. */
export interface Association {
  readonly network: Network;
  readonly root: RootKey;
}

const refuse = (code: Fault['code'], detail: string): Either<Fault, never> =>
  left(fatal(code, 'association', L2Reason.codes.MSMSEC_SEC_IE_MATCHING, detail));

/** What an element holds, its fragments joined. */
const bodyOf = (element: Uint8Array): Uint8Array => leadingElements(element)[0]?.body ?? element.subarray(0, 0);

const fastTransitionRoot = (crypto: Crypto, network: Network, pmk: Secret, parameters: AkmParameters): Either<Fault, RootKey> => {
  const { akm, mobilityDomain, fastTransition, ssid, addresses } = network;
  if (mobilityDomain === undefined || fastTransition === undefined)
    return refuse('FAST_TRANSITION', 'the association response of a mobility domain lacks its MDE or FTE');
  const [domain, transition] = [
    readMobilityDomain(bodyOf(mobilityDomain)),
    readFastTransition(bodyOf(fastTransition), ftMicLength(akm, pmk.length)),
  ];
  if (isLeft(domain)) return refuse('FAST_TRANSITION', domain.left.message);
  if (isLeft(transition)) return refuse('FAST_TRANSITION', transition.left.message);
  const { r0KeyHolder, r1KeyHolder } = transition.right;
  if (r0KeyHolder === undefined || r1KeyHolder === undefined)
    return refuse('FAST_TRANSITION', 'the FTE of the association response does not name both key holders');
  const { supplicant } = addresses;
  const r0 = ftR0(crypto, akm, pmk.reveal(), { ssid, mobilityDomain: domain.right.domain, r0KeyHolder, supplicant });
  const r1 = ftR1(crypto, akm, r0, { r1KeyHolder, supplicant });
  const hierarchy = { r0, pmkR1Name: r1.name, r0KeyHolder, r1KeyHolder };
  return right({ key: r1.pmkR1, parameters, isRemembered: false, hierarchy });
};

/** Takes over the PMK: it lives in the root key from now on, or is gone. */
export const rootKeyOf = (
  crypto: Crypto,
  network: Network,
  pmk: Secret,
  origin: Pick<RootKey, 'pmkid' | 'isRemembered'>,
): Either<Fault, RootKey> => {
  const { akm } = network;
  if (!akm.pmkLengths.includes(pmk.length) || !pmk.isKnown) {
    const detail = `the PMK has ${pmk.length} octets, and ${akm.name} takes ${akm.pmkLengths.join(' or ')}`;
    pmk.zeroise();
    return refuse('NO_SECRET', detail);
  }
  const parameters = parametersOf(akm, pmk.length);
  if (!akm.fastTransition) return right({ key: pmk, parameters, ...origin });
  const root = fastTransitionRoot(crypto, network, pmk, parameters);
  pmk.zeroise();
  const { isRemembered, pmkid } = origin;
  return isLeft(root) || !isRemembered || pmkid === undefined ? root : right({ ...root.right, madeOf: pmkid });
};

/** The pairwise keys that this root and two nonces give, to those of the association or to others that agreed on the same. */
export const deriveKeys = (
  crypto: Crypto,
  { network, root }: Association,
  nonces: Nonces,
  addresses: HandshakeAddresses = network.addresses,
): Ptk => {
  const { akm, pairwise } = network;
  const handshake = { addresses, nonces };
  if (root.hierarchy === undefined) return pairwiseKey(crypto, akm, pairwise, root.key.reveal(), handshake);
  const keys = ftPtk(crypto, akm, pairwise, { pmkR1: root.key, name: root.hierarchy.pmkR1Name }, handshake);
  zeroiseSecondKeys(keys);
  return keys.ptk;
};

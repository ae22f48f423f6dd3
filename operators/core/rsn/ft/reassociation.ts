import { type Either, isLeft, right } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../../streams/events/index.js';
import {
  AkmSuite,
  type FastTransition,
  type FtMicLength,
  type KeyDataItem,
  readMobilityDomain,
  readRsnElement,
} from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Akm, parametersOf } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import { type FtPtk, ftPtk, type PmkR1, zeroiseFtPtk } from '../keys/ft.js';
import type { Handshake } from '../keys/ptk.js';
import { type FtError, wrong } from './FtError.js';
import { ftMic, REASSOCIATION_RESPONSE } from './ftMic.js';
import { type TransitionElements, transitionElements } from './protectedElements.js';
import { protectedOnLinks, type TransitionLink } from './transitionLinks.js';
import { unwrapKeys } from './wrappedKeys.js';

/** A transition to another access point of the mobility domain, as it stood before its last frame. */
export interface Transition extends Handshake {
  readonly akm: Akm;
  /** Pairwise. */
  readonly cipher: CipherRow;
  readonly r1: PmkR1;
  readonly mobilityDomain: Uint8Array;
  readonly r0KeyHolder: Uint8Array;
  readonly r1KeyHolder: Uint8Array;
  /** Between multi-link devices: those that were asked for, by their numbers. */
  readonly links?: ReadonlyArray<TransitionLink>;
}

/** What a proven reassociation response brings. */
export interface Reassociation {
  readonly keys: FtPtk;
  /** GTK, IGTK and BIGTK as message 3 would have brought them: the bytes in them are the caller's to destroy. */
  readonly items: ReadonlyArray<KeyDataItem>;
  /** Key RSC of the group key. */
  readonly receiveCounter: Uint8Array;
  /** Whole elements, to be compared with those of the beacon; without an RSNXE none. */
  readonly rsne: Uint8Array;
  readonly rsnxe: Uint8Array;
  /** For its RSNXE flag and its channel information. */
  readonly transition: FastTransition;
}

const RSC_SIZE = 8;

const MIC_LENGTHS: ReadonlyMap<number, FtMicLength> = new Map([
  [16, 16],
  [24, 24],
  [32, 32],
]);

const holderFault = (expected: Transition, { transition }: TransitionElements): Either<FtError, void> => {
  const { r0KeyHolder, r1KeyHolder } = transition;
  if (r0KeyHolder === undefined || r1KeyHolder === undefined) return wrong('MISSING', 'the FTE does not name both key holders');
  const isOurs = equalBytes(r0KeyHolder, expected.r0KeyHolder) && equalBytes(r1KeyHolder, expected.r1KeyHolder);
  return isOurs ? right(undefined) : wrong('KEY_HOLDER', 'the FTE names other key holders than those the keys are of');
};

/** What the elements have to agree on with the exchange before (IEEE 802.11-2020 13.7.1), besides the MIC. */
const placeFault = (expected: Transition, found: TransitionElements): Either<FtError, void> => {
  const { elements, transition } = found;
  const domain = readMobilityDomain(elements.mobilityDomain.subarray(2));
  if (isLeft(domain)) return wrong('MALFORMED', domain.left.message);
  if (!equalBytes(domain.right.domain, expected.mobilityDomain)) return wrong('MOBILITY_DOMAIN', 'the MDE has another domain');
  const { authenticator, supplicant } = expected.nonces;
  if (!equalBytes(transition.anonce, authenticator) || !equalBytes(transition.snonce, supplicant)) {
    return wrong('NONCE', 'the FTE has other nonces than this transition');
  }
  const rsn = readRsnElement(elements.rsne.subarray(2));
  if (isLeft(rsn)) return wrong('MALFORMED', rsn.left.message);
  const [name, ...others] = rsn.right.pmkids ?? [];
  if (name === undefined || others.length > 0 || !equalBytes(name, expected.r1.name)) {
    return wrong('PMK_NAME', 'the RSNE does not have the name of the PMK-R1, and it alone, for a PMKID');
  }
  return holderFault(expected, found);
};

const proven = (crypto: Crypto, expected: Transition, keys: FtPtk, bytes: Uint8Array): Either<FtError, Reassociation> => {
  const { akm, addresses, r1, links = [] } = expected;
  const { kck, kek } = keys.element;
  const micLength = MIC_LENGTHS.get(kck.length);
  if (micLength === undefined || !akm.fastTransition) return wrong('MALFORMED', `${akm.name} has no MIC for an FTE`);
  const found = transitionElements(bytes, micLength, akm.selector === AkmSuite.codes.FT_SAE_EXT_KEY, links);
  if (isLeft(found)) return found;
  const place = placeFault(expected, found.right);
  if (isLeft(place)) return place;
  const { elements, transition } = found.right;
  const onAllLinks = protectedOnLinks(elements, links, r1.name);
  const frame = { addresses, transaction: REASSOCIATION_RESPONSE, elements: onAllLinks };
  const mic = ftMic(crypto, parametersOf(akm, r1.pmkR1.length), kck.reveal(), frame);
  if (!crypto.equal(mic, transition.mic)) return wrong('MIC', 'the MIC of the FTE is wrong');
  const items = unwrapKeys(crypto, kek.reveal(), transition);
  if (isLeft(items)) return items;
  const receiveCounter = transition.gtk?.receiveCounter ?? new Uint8Array(RSC_SIZE);
  return right({ keys, items: items.right, receiveCounter, rsne: elements.rsne, rsnxe: elements.rsnxe, transition });
};

/**
 * Verifies the reassociation response that ends a fast transition (IEEE 802.11-2020 13.7.1, 13.8.5), from its elements: PTK
 * and group keys, or what is wrong. Nothing is unwrapped before the MIC has been found right, and no key survives a failure.
 *
 * @since 0.2.0
 */
export const verifyReassociation = (
  crypto: Crypto,
  transition: Transition,
  elements: Uint8Array,
): Either<FtError, Reassociation> => {
  const keys = ftPtk(crypto, transition.akm, transition.cipher, transition.r1, transition);
  const verified = proven(crypto, transition, keys, elements);
  if (isLeft(verified)) zeroiseFtPtk(keys);
  return verified;
};

import type { Secret } from '../../../../streams/events/index.js';
import { AkmSuite } from '../../../../streams/frames/index.js';
import type { Crypto, Curve } from '../../crypto/index.js';
import type { SaeAddresses } from './addresses.js';
import { DIGEST_OCTETS, type DigestName, digestOf } from './hash.js';
import type { SaePt } from './hashToElement.js';
import { BLINDING_OCTETS } from './hunt.js';
import { commitOctets } from './ownCommit.js';

/** How the password becomes an element of the group: IEEE 802.11-2020 12.4.4.2.2 and 12.4.4.2.3. */
export type ElementMethod = 'huntingAndPecking' | 'hashToElement';

/** The password of a network, and what of it was computed before. */
export interface SaeCredential {
  readonly ssid: Uint8Array;
  readonly password: Secret;
  /** Names one of several passwords; hash-to-element only. */
  readonly identifier?: Uint8Array;
  /** From `derivePt`; a group that has none is derived when it is needed. */
  readonly pts?: ReadonlyArray<SaePt>;
}

/** How patient an exchange is (dot11RSNASAERetransPeriod and dot11RSNASAESync). */
export interface SaeTiming {
  readonly retransmitMs: number;
  /** How often something may be sent again. */
  readonly sync: number;
}

export const defaultTiming: SaeTiming = { retransmitMs: 40, sync: 5 };

/**
 * What an exchange needs to know before it begins.
 *
 * @since 0.2.0
 */
export interface SaeSetup {
  readonly crypto: Crypto;
  readonly addresses: SaeAddresses;
  readonly credential: SaeCredential;
  /** The selector that was negotiated: SAE, FT-SAE, SAE-EXT-KEY or FT-SAE-EXT-KEY. */
  readonly akm: number;
  /** A station goes by the first, an access point by whichever of them the station chose. */
  readonly methods: ReadonlyArray<ElementMethod>;
  /** In order of preference. */
  readonly groups: ReadonlyArray<number>;
  /** A station commits first, an access point when it has a commit to answer. */
  readonly role: 'station' | 'accessPoint';
  /** Whether an access point confirms together with its commit (12.4.8.6.3), or once it has the station's confirm. */
  readonly confirmsAtOnce?: boolean;
  readonly timing?: SaeTiming;
  /** Whole elements to end every commit and confirm with: the Basic Multi-Link element of an MLD. */
  readonly elements?: Uint8Array;
}

/** The suites whose PMK is as long as the digest, and which know hash-to-element only. */
export const isExtendedKey = ({ akm }: SaeSetup): boolean =>
  akm === AkmSuite.codes.SAE_EXT_KEY || akm === AkmSuite.codes.FT_SAE_EXT_KEY;

export const methodsOf = (setup: SaeSetup): ReadonlyArray<ElementMethod> =>
  isExtendedKey(setup) ? setup.methods.filter((method) => method === 'hashToElement') : setup.methods;

/** The curve of a group that is both wanted and offered. */
export const curveOf = ({ crypto, groups }: SaeSetup, group: number): Curve | undefined =>
  groups.includes(group) ? crypto.curve(group) : undefined;

/** Hunting and pecking knows SHA-256 only (12.4.4.1). */
export const hashFor = (method: ElementMethod, curve: Curve): DigestName =>
  method === 'hashToElement' ? digestOf(curve) : 'sha256';

export const pmkOctets = (setup: SaeSetup, hash: DigestName): number => (isExtendedKey(setup) ? DIGEST_OCTETS[hash] : 32);

/** Random octets that a commit takes. */
export const randomOctets = (method: ElementMethod, curve: Curve): number =>
  commitOctets(curve) + (method === 'huntingAndPecking' ? BLINDING_OCTETS : 0);

export const timingOf = ({ timing }: SaeSetup): SaeTiming => timing ?? defaultTiming;

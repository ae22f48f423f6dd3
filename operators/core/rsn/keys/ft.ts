import { Secret } from '../../../../streams/events/index.js';
import { AkmSuite, type FtMicLength } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Akm, parametersOf } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import { joined } from './joined.js';
import { kdf } from './kdf.js';
import { cutPtk, type Handshake, type Ptk, zeroisePtk } from './ptk.js';

/** The top of the fast transition key hierarchy: one for a station, an SSID and a mobility domain. */
export interface PmkR0 {
  readonly pmkR0: Secret;
  /** PMKR0Name. */
  readonly name: Uint8Array;
}

/** The key of one access point in the mobility domain. */
export interface PmkR1 {
  readonly pmkR1: Secret;
  /** PMKR1Name. */
  readonly name: Uint8Array;
}

/** Where a PMK-R0 holds. */
export interface MobilityScope {
  readonly ssid: Uint8Array;
  /** MDID, as on the air. */
  readonly mobilityDomain: Uint8Array;
  readonly r0KeyHolder: Uint8Array;
  /** The address of the station; of a multi-link device its MLD address. */
  readonly supplicant: Uint8Array;
}

export interface R1Holders {
  readonly r1KeyHolder: Uint8Array;
  readonly supplicant: Uint8Array;
}

const NAME_OCTETS = 16;
const DIGEST_OCTETS = { sha256: 32, sha384: 48, sha512: 64 } as const;
type FtHash = keyof typeof DIGEST_OCTETS;

const ftHash = (akm: Akm, keyLength: number): FtHash => {
  const { hash } = parametersOf(akm, keyLength);
  return hash === 'sha1' ? 'sha256' : hash;
};

const nameOf = (crypto: Crypto, hash: FtHash, ...parts: ReadonlyArray<Uint8Array | string>): Uint8Array =>
  crypto.hash(hash, joined(...parts)).slice(0, NAME_OCTETS);

const WHOLE_384: ReadonlySet<number> = new Set([
  AkmSuite.codes.FT_802_1X_SHA384,
  AkmSuite.codes.FT_802_1X_SHA384_UNRESTRICTED,
  AkmSuite.codes.FT_FILS_SHA384,
]);

/**
 * XXKey (IEEE 802.11-2020 12.7.1.6.3), from what authentication made: of the MSK of 802.1X the second 256 bits, or with SHA-384
 * the first 384; else the PSK, the PMK of SAE or FILS-FT as it is. `undefined` when the MSK is too short for that.
 *
 * @since 0.2.0
 */
export const xxKeyOf = (akm: Akm, source: Uint8Array): Uint8Array | undefined =>
  akm.source === 'oneX' ? xxKeyOfMsk(akm, source) : source;

/**
 * The same where 802.1X made it, also with a FILS suite whose association was made without FILS authentication.
 *
 * @since 0.2.0
 */
export const xxKeyOfMsk = (akm: Akm, msk: Uint8Array): Uint8Array | undefined => {
  const [from, to] = WHOLE_384.has(akm.selector) ? [0, 48] : [32, 64];
  return msk.length < to ? undefined : msk.subarray(from, to);
};

/**
 * PMK-R0 and its name (12.7.1.6.3).
 *
 * @since 0.2.0
 */
export const ftR0 = (crypto: Crypto, akm: Akm, xxKey: Uint8Array, scope: MobilityScope): PmkR0 => {
  const { ssid, mobilityDomain, r0KeyHolder, supplicant } = scope;
  const hash = ftHash(akm, xxKey.length);
  const context = joined(
    Uint8Array.of(ssid.length),
    ssid,
    mobilityDomain,
    Uint8Array.of(r0KeyHolder.length),
    r0KeyHolder,
    supplicant,
  );
  const keyLength = DIGEST_OCTETS[hash];
  const keyData = kdf(crypto, hash, xxKey, { label: 'FT-R0', context, octets: keyLength + NAME_OCTETS });
  const r0 = {
    pmkR0: Secret.of(keyData.subarray(0, keyLength)),
    name: nameOf(crypto, hash, 'FT-R0N', keyData.subarray(keyLength)),
  };
  keyData.fill(0);
  return r0;
};

/**
 * PMK-R1 and its name (12.7.1.6.4).
 *
 * @since 0.2.0
 */
export const ftR1 = (crypto: Crypto, akm: Akm, { pmkR0, name }: PmkR0, { r1KeyHolder, supplicant }: R1Holders): PmkR1 => {
  const hash = ftHash(akm, pmkR0.length);
  const context = joined(r1KeyHolder, supplicant);
  const key = kdf(crypto, hash, pmkR0.reveal(), { label: 'FT-R1', context, octets: DIGEST_OCTETS[hash] });
  const r1 = { pmkR1: Secret.of(key), name: nameOf(crypto, hash, 'FT-R1N', name, context) };
  key.fill(0);
  return r1;
};

/** Lengths of the second KCK and KEK that the FILS suites, which have no MIC, need for the elements of a reassociation. */
const SECOND_KEYS: ReadonlyMap<number, { readonly kck2: 16 | 24; readonly kek2: number }> = new Map([
  [AkmSuite.codes.FT_FILS_SHA256, { kck2: 16, kek2: 16 }],
  [AkmSuite.codes.FT_FILS_SHA384, { kck2: 24, kek2: 32 }],
]);

/** How long the MIC of an FTE is: that of the suite's frames, or with FILS, whose frames have none, as its second KCK. */
export const ftMicLength = (akm: Akm, keyLength: number): FtMicLength => {
  const { mic } = parametersOf(akm, keyLength);
  if (mic !== 0) return mic;
  return SECOND_KEYS.get(akm.selector)?.kck2 ?? 16;
};

/** A PTK of the fast transition hierarchy. */
export interface FtPtk {
  readonly ptk: Ptk;
  /** PTKName. */
  readonly name: Uint8Array;
  /** What protects the Fast BSS Transition element: KCK and KEK of the PTK, or with FILS its KCK2 and KEK2. */
  readonly element: { readonly kck: Secret; readonly kek: Secret };
}

/** What only a reassociation needs. */
export const zeroiseSecondKeys = ({ ptk, element }: FtPtk): void => {
  if (element.kck !== ptk.kck) element.kck.zeroise();
  if (element.kek !== ptk.kek) element.kek.zeroise();
};

export const zeroiseFtPtk = ({ ptk, element }: FtPtk): void => {
  zeroisePtk(ptk);
  element.kck.zeroise();
  element.kek.zeroise();
};

/**
 * The PTK under a PMK-R1 and its name (12.7.1.6.5). Unlike in `pairwiseKey` the order of nonces and addresses is
 * fixed; the name is made with SHA-256 whatever the suite.
 *
 * @since 0.2.0
 */
export const ftPtk = (
  crypto: Crypto,
  akm: Akm,
  cipher: CipherRow,
  { pmkR1, name }: PmkR1,
  { addresses, nonces }: Handshake,
): FtPtk => {
  const parameters = parametersOf(akm, pmkR1.length);
  const hash = ftHash(akm, pmkR1.length);
  const second = SECOND_KEYS.get(akm.selector);
  const context = joined(nonces.supplicant, nonces.authenticator, addresses.authenticator, addresses.supplicant);
  const first = parameters.kck + parameters.kek + cipher.keyLength;
  const octets = first + (second === undefined ? 0 : second.kck2 + second.kek2);
  const derived = kdf(crypto, hash, pmkR1.reveal(), { label: 'FT-PTK', context, octets });
  const secondKck = first + (second?.kck2 ?? 0);
  const secondKeys = { kck: Secret.of(derived.subarray(first, secondKck)), kek: Secret.of(derived.subarray(secondKck)) };
  const ptk = cutPtk(derived.subarray(0, first), parameters);
  derived.fill(0);
  return {
    ptk,
    name: nameOf(crypto, 'sha256', name, 'FT-PTKN', context),
    element: second === undefined ? { kck: ptk.kck, kek: ptk.kek } : secondKeys,
  };
};

import { Secret } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Akm, parametersOf } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import { joined } from './joined.js';
import { kdf } from './kdf.js';
import { cutPtk, type Handshake, type Ptk } from './ptk.js';

const DIGEST_OCTETS = { sha256: 32, sha384: 48 } as const;
type FilsHash = keyof typeof DIGEST_OCTETS;

const filsHash = (akm: Akm): FilsHash => (parametersOf(akm, 0).hash === 'sha384' ? 'sha384' : 'sha256');

/** Octets of the PMK, of the ICK, of a KeyAuth and of the FILS-FT of a suite: those of its hash. */
export const filsOctets = (akm: Akm): number => DIGEST_OCTETS[filsHash(akm)];

const NOTHING: Uint8Array = new Uint8Array(0);

/** What FILS keys depend on besides their master key. */
export interface FilsHandshake extends Handshake {
  /** DHss of the Diffie-Hellman exchange: of a curve the x coordinate. */
  readonly sharedSecret?: Uint8Array;
}

/**
 * The PMK of FILS shared key authentication by re-authentication (IEEE 802.11-2020 12.11.2.5.2), with the shared secret of a
 * Diffie-Hellman exchange where there was one.
 *
 * @since 0.2.0
 */
export const filsPmk = (
  crypto: Crypto,
  akm: Akm,
  rMsk: Uint8Array,
  { nonces, sharedSecret }: Omit<FilsHandshake, 'addresses'>,
) => {
  const message = joined(rMsk, sharedSecret ?? NOTHING);
  const octets = crypto.hmac(filsHash(akm), joined(nonces.supplicant, nonces.authenticator), message);
  message.fill(0);
  const pmk = Secret.of(octets);
  octets.fill(0);
  return pmk;
};

/** What FILS authentication derives from its PMK. */
export interface FilsKeys {
  /** Keys KeyAuth. */
  readonly ick: Secret;
  /** Without a KCK. */
  readonly ptk: Ptk;
  /** FILS-FT, what a PMK-R0 is made of; only of a suite with fast transition. */
  readonly filsFt?: Secret;
}

export const zeroiseFilsKeys = ({ ick, ptk, filsFt }: FilsKeys): void => {
  for (const secret of [ick, ptk.kck, ptk.kek, ptk.tk, filsFt]) secret?.zeroise();
};

/**
 * FILS-Key-Data and its parts (12.11.2.5.3). The shared secret belongs here only where the PMK is one of an earlier association:
 * a new one has it in itself.
 *
 * @since 0.2.0
 */
export const filsKeys = (
  crypto: Crypto,
  akm: Akm,
  cipher: CipherRow,
  pmk: Uint8Array,
  { addresses, nonces, sharedSecret = NOTHING }: FilsHandshake,
): FilsKeys => {
  const hash = filsHash(akm);
  const digest = DIGEST_OCTETS[hash];
  const parameters = parametersOf(akm, pmk.length);
  const context = joined(addresses.supplicant, addresses.authenticator, nonces.supplicant, nonces.authenticator, sharedSecret);
  const end = digest + parameters.kek + cipher.keyLength;
  const octets = end + (akm.fastTransition ? digest : 0);
  const derived = kdf(crypto, hash, pmk, { label: 'FILS PTK Derivation', context, octets });
  context.fill(0);
  const keys = { ick: Secret.of(derived, 0, digest), ...(akm.fastTransition && { filsFt: Secret.of(derived, end) }) };
  const ptk = cutPtk(derived.subarray(digest, end), parameters);
  derived.fill(0);
  return { ...keys, ptk };
};

/** The two halves of a Diffie-Hellman exchange, as they went over the air. */
export interface FilsPublicShares {
  /** gSTA. */
  readonly supplicant: Uint8Array;
  /** gAP. */
  readonly authenticator: Uint8Array;
}

/** What each end shows the other to prove that it has the keys. */
export interface FilsKeyAuth {
  readonly request: Secret;
  readonly response: Secret;
}

const NO_SHARES: FilsPublicShares = { supplicant: NOTHING, authenticator: NOTHING };

/**
 * KeyAuth of the association request and of its response (12.11.2.6.2, 12.11.2.6.3).
 *
 * @since 0.2.0
 */
export const filsKeyAuth = (
  crypto: Crypto,
  akm: Akm,
  ick: Secret,
  { addresses, nonces }: Handshake,
  shares: FilsPublicShares = NO_SHARES,
): FilsKeyAuth => {
  const prove = (from: keyof FilsPublicShares, to: keyof FilsPublicShares): Secret => {
    const message = joined(nonces[from], nonces[to], addresses[from], addresses[to], shares[from], shares[to]);
    const octets = crypto.hmac(filsHash(akm), ick.reveal(), message);
    const keyAuth = Secret.of(octets);
    octets.fill(0);
    return keyAuth;
  };
  return { request: prove('supplicant', 'authenticator'), response: prove('authenticator', 'supplicant') };
};

/** What AES-SIV protects an association frame with (12.11.2.6), besides its own elements. */
export interface FilsSealing extends Handshake {
  readonly kek: Secret;
}

/** The sender goes first, its address and its nonce; then the frame as far as it is not encrypted. */
const associatedWith = (
  { addresses, nonces }: Handshake,
  from: keyof FilsPublicShares,
  to: keyof FilsPublicShares,
  clear: Uint8Array,
): ReadonlyArray<Uint8Array> => [addresses[from], addresses[to], nonces[from], nonces[to], clear];

/**
 * Encrypts what follows the FILS Session element of an association request.
 *
 * @param clear the body of the frame up to that element, which is part of it
 *
 * @since 0.2.0
 */
export const sealFilsRequest = (
  crypto: Crypto,
  sealing: FilsSealing,
  clear: Uint8Array,
  elements: Uint8Array,
): Uint8Array | undefined =>
  crypto.aesSivSeal(sealing.kek.reveal(), elements, associatedWith(sealing, 'supplicant', 'authenticator', clear));

/**
 * Decrypts what follows the FILS Session element of an association response. `undefined` when anything of it, or of what is not
 * encrypted, is not the access point's.
 *
 * @since 0.2.0
 */
export const openFilsResponse = (
  crypto: Crypto,
  sealing: FilsSealing,
  clear: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined =>
  crypto.aesSivOpen(sealing.kek.reveal(), sealed, associatedWith(sealing, 'authenticator', 'supplicant', clear));

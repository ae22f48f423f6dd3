import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../streams/events/index.js';
import { FILS_NONCE_SIZE, FILS_SESSION_SIZE, readMobilityDomain } from '../../../../streams/frames/index.js';
import type { Crypto, Curve } from '../../crypto/index.js';
import { type Akm, akmOf } from '../akm.js';
import { type CipherRow, cipherOf } from '../cipherSuite.js';
import { filsOctets } from '../keys/fils.js';
import type { HandshakeAddresses } from '../keys/ptk.js';
import { scalarOctets } from '../sae/scalar.js';

/** How patient an authentication is, in milliseconds. */
export interface FilsTiming {
  /** For the answer, which may have to come from an authentication server. */
  readonly answer: number;
  /** After a refusal, which anybody can forge. */
  readonly refusal: number;
}

export const filsTiming: FilsTiming = { answer: 2000, refusal: 40 };

/**
 * What FILS shared key authentication needs to know before it begins. At least one of `reauthentication` and `cached` has to be
 * there; if both are, the access point chooses.
 *
 * @since 0.2.0
 */
export interface FilsSetup {
  readonly crypto: Crypto;
  /** The suites that were chosen, as selectors. */
  readonly akm: number;
  readonly pairwise: number;
  readonly addresses: HandshakeAddresses;
  readonly ssid: Uint8Array;
  /** Our RSNE, whole and without PMKIDs. */
  readonly rsne: Uint8Array;
  /** The access point's MDE, whole, where the suite is one of fast transition. */
  readonly mobilityDomain?: Uint8Array;
  /** The EAP-Initiate/Re-auth packet of whoever owns the re-authentication keys (RFC 6696). */
  readonly reauthentication?: Uint8Array;
  /** A PMK of an earlier association; it stays the caller's. */
  readonly cached?: { readonly pmk: Secret; readonly pmkid: Uint8Array };
  /** The Diffie-Hellman group, for perfect forward secrecy. */
  readonly group?: number;
  readonly timing?: FilsTiming;
}

/** A setup that was looked through. */
export interface FilsTerms extends FilsSetup {
  readonly suite: Akm;
  readonly cipher: CipherRow;
  readonly curve?: Curve;
  /** MDID, as it is on the air. */
  readonly domain?: Uint8Array;
}

const domainOf = ({ mobilityDomain }: FilsSetup): Uint8Array | undefined => {
  const read = mobilityDomain && readMobilityDomain(mobilityDomain.subarray(2));
  return read === undefined || isLeft(read) ? undefined : read.right.domain;
};

const canBegin = ({ cached, reauthentication }: FilsSetup, suite: Akm): boolean => {
  if (cached === undefined) return reauthentication !== undefined && reauthentication.length > 0;
  return cached.pmk.isKnown && cached.pmk.length === filsOctets(suite);
};

/** `undefined` for a setup nothing can come of. */
export const termsOf = (setup: FilsSetup): FilsTerms | undefined => {
  const [suite, cipher] = [akmOf(setup.akm), cipherOf(setup.pairwise)];
  if (suite?.source !== 'fils' || cipher?.role !== 'data' || !canBegin(setup, suite)) return undefined;
  const curve = setup.group === undefined ? undefined : setup.crypto.curve(setup.group);
  const domain = domainOf(setup);
  if (setup.group !== undefined && curve === undefined) return undefined;
  if (suite.fastTransition && domain === undefined) return undefined;
  return { ...setup, suite, cipher, ...(curve && { curve }), ...(domain && { domain }) };
};

/** Random octets it takes: nonce, session, and the private key of a Diffie-Hellman exchange. */
export const randomOctets = ({ curve }: Pick<FilsTerms, 'curve'>): number =>
  FILS_NONCE_SIZE + FILS_SESSION_SIZE + (curve === undefined ? 0 : scalarOctets(curve));

export const timingOf = ({ timing }: FilsSetup): FilsTiming => timing ?? filsTiming;

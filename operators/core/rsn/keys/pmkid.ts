import { AkmSuite } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Akm, type AkmParameters, parametersOf } from '../akm.js';
import { joined } from './joined.js';
import type { HandshakeAddresses } from './ptk.js';

const PMKID_OCTETS = 16;

/** What the name of a PMK is made of. */
export interface NamedPmk {
  /** Of a fast transition suite the key at the top of its hierarchy, `xxKeyOf` (12.7.1.6.3). */
  readonly pmk: Uint8Array;
  readonly addresses: HandshakeAddresses;
  /** Of the handshake that followed: the Suite B suites name the PMK by it. */
  readonly kck?: Uint8Array;
}

const byKck: ReadonlySet<number> = new Set([AkmSuite.codes.SUITE_B, AkmSuite.codes.SUITE_B_192]);

/**
 * The name both ends give a PMK (IEEE 802.11-2020 12.7.1.3). `undefined` where the PMK has none (WPA1), where it follows from
 * the exchange that made the PMK (SAE and OWE: `saePmkid`, `owePmkid`), and where the KCK it takes is missing.
 *
 * @since 0.2.0
 */
export const pmkid = (crypto: Crypto, akm: Akm, { pmk, addresses, kck }: NamedPmk): Uint8Array | undefined => {
  if (akm.protocol === 'wpa' || akm.source === 'sae' || akm.source === 'owe') return undefined;
  const key = byKck.has(akm.selector) ? kck : pmk;
  if (key === undefined) return undefined;
  const message = joined('PMK Name', addresses.authenticator, addresses.supplicant);
  return crypto.hmac(parametersOf(akm, pmk.length).hash, key, message).slice(0, PMKID_OCTETS);
};

/**
 * The name of a PMK that SAE made (12.4.5.4): the beginning of the sum of both commit scalars modulo the group's order, as an
 * octet string of the order's length.
 *
 * @since 0.2.0
 */
export const saePmkid = (scalarSum: Uint8Array): Uint8Array => scalarSum.slice(0, PMKID_OCTETS);

/**
 * The name of a PMK that OWE made (RFC 8110 4.4), from the public keys of the client and of the access point as they went over
 * the air; the hash is the group's.
 *
 * @since 0.2.0
 */
export const owePmkid = (crypto: Crypto, hash: AkmParameters['hash'], client: Uint8Array, accessPoint: Uint8Array): Uint8Array =>
  crypto.hash(hash, joined(client, accessPoint)).slice(0, PMKID_OCTETS);

/**
 * The name of a PMK that FILS made by re-authentication (IEEE 802.11-2020 12.11.2.5.2), from the EAP-Initiate/Reauth packet.
 *
 * @since 0.2.0
 */
export const filsPmkid = (crypto: Crypto, akm: Akm, eapInitiate: Uint8Array): Uint8Array =>
  crypto.hash(parametersOf(akm, 0).hash, eapInitiate).slice(0, PMKID_OCTETS);

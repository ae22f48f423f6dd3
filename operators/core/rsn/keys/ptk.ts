import { Secret, wipeBytes } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type Akm, type AkmParameters, parametersOf } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import { joined } from './joined.js';
import { kdf } from './kdf.js';
import { prf } from './prf.js';

/** The two ends of a handshake; between multi-link devices their MLD addresses. */
export interface HandshakeAddresses {
  readonly authenticator: Uint8Array;
  readonly supplicant: Uint8Array;
}

export interface Nonces {
  readonly authenticator: Uint8Array;
  readonly supplicant: Uint8Array;
}

/** What a PTK depends on besides the master key. */
export interface Handshake {
  readonly addresses: HandshakeAddresses;
  readonly nonces: Nonces;
}

/**
 * The pairwise transient key in its three parts.
 *
 * @since 0.2.0
 */
export interface Ptk {
  /** Proves possession: keys the MIC. */
  readonly kck: Secret;
  /** Wraps the key data. */
  readonly kek: Secret;
  /** Protects frames; TKIP's holds two Michael keys behind the temporal key (R125). */
  readonly tk: Secret;
}

export const zeroisePtk = (ptk: Ptk): void => {
  ptk.kck.zeroise();
  ptk.kek.zeroise();
  ptk.tk.zeroise();
};

/** Cuts derived bytes into a PTK's parts and erases them. */
export const cutPtk = (bytes: Uint8Array, { kck, kek }: Pick<AkmParameters, 'kck' | 'kek'>): Ptk => {
  const ptk = {
    kck: Secret.of(bytes, 0, kck),
    kek: Secret.of(bytes, kck, kck + kek),
    tk: Secret.of(bytes, kck + kek),
  };
  wipeBytes(bytes);
  return ptk;
};

/** As big-endian numbers. */
const isBefore = (a: Uint8Array, b: Uint8Array): boolean => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (a[at] ?? 0) < (b[at] ?? 0);
};

/** The smaller first, so that neither end need know its role. */
const sorted = (a: Uint8Array, b: Uint8Array): readonly [Uint8Array, Uint8Array] => (isBefore(b, a) ? [b, a] : [a, b]);

const LABEL = 'Pairwise key expansion';

/**
 * The PTK of a pairwise master key (IEEE 802.11-2020 12.7.1.3): the PRF or the KDF of the suite over both addresses and both
 * nonces.
 *
 * @since 0.2.0
 */
export const pairwiseKey = (
  crypto: Crypto,
  akm: Akm,
  cipher: CipherRow,
  pmk: Uint8Array,
  { addresses, nonces }: Handshake,
): Ptk => {
  const parameters = parametersOf(akm, pmk.length);
  const [firstAddress, secondAddress] = sorted(addresses.authenticator, addresses.supplicant);
  const [firstNonce, secondNonce] = sorted(nonces.authenticator, nonces.supplicant);
  const context = [firstAddress, secondAddress, firstNonce, secondNonce];
  const octets = parameters.kck + parameters.kek + cipher.keyLength;
  const derived =
    parameters.hash === 'sha1'
      ? prf(crypto, pmk, LABEL, context, octets)
      : kdf(crypto, parameters.hash, pmk, { label: LABEL, context: joined(...context), octets });
  return cutPtk(derived, parameters);
};

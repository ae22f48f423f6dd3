import { FT_MIC_AT } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import type { AkmParameters } from '../akm.js';
import { joined } from '../keys/joined.js';
import type { HandshakeAddresses } from '../keys/ptk.js';

/** Which frame of the exchange the MIC is in, as it goes into the MIC. */
export const REASSOCIATION_REQUEST = 5;
export const REASSOCIATION_RESPONSE = 6;

/** The whole elements a MIC protects, in the order it takes them; of a multi-link device those of all links, end to end. */
export interface ProtectedElements {
  readonly rsne: Uint8Array;
  readonly mobilityDomain: Uint8Array;
  /** With its fragments, and with whatever MIC. */
  readonly fastTransition: Uint8Array;
  /** Of a resource request or its response, end to end. */
  readonly resources: Uint8Array;
  readonly rsnxe: Uint8Array;
  /** Of a multi-link device: the addresses of its access points, end to end. */
  readonly linkAddresses?: Uint8Array;
}

/** What is protected, and in which frame between whom. */
export interface ProtectedFrame {
  readonly addresses: HandshakeAddresses;
  readonly transaction: number;
  readonly elements: ProtectedElements;
}

const withoutMic = (element: Uint8Array, micLength: number): Uint8Array =>
  element.slice().fill(0, FT_MIC_AT, FT_MIC_AT + micLength);

/**
 * The MIC of a Fast BSS Transition element (IEEE 802.11-2020 13.8.4, 13.8.5): AES-128-CMAC, or the HMAC of the suites that
 * have SHA-384 or choose their hash by group. It is as long as its key.
 *
 * @since 0.2.0
 */
export const ftMic = (
  crypto: Crypto,
  { hash, micAlgorithm }: AkmParameters,
  kck: Uint8Array,
  { addresses, transaction, elements }: ProtectedFrame,
): Uint8Array => {
  const { rsne, mobilityDomain, fastTransition, resources, rsnxe, linkAddresses = new Uint8Array(0) } = elements;
  const message = joined(
    addresses.supplicant,
    addresses.authenticator,
    Uint8Array.of(transaction),
    rsne,
    mobilityDomain,
    withoutMic(fastTransition, kck.length),
    resources,
    rsnxe,
    linkAddresses,
  );
  const isCmac = hash === 'sha256' && micAlgorithm !== 'hmacSha256';
  return (isCmac ? crypto.aesCmac(kck, message) : crypto.hmac(hash, kck, message)).slice(0, kck.length);
};

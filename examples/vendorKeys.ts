/** What both ends of the example's protocol compute from the shared credential, and how each proves that it could. */
import { type MacAddress, macToBytes, Secret } from 'postassoc';
import { joined, TAG_LENGTH, type VendorMessage, writeMessage } from './vendorWire.js';

/** The cryptography the protocol needs, as synchronous functions: a method draws nothing from its surroundings. */
export interface VendorCrypto {
  readonly hmacSha256: (key: Uint8Array, data: Uint8Array) => Uint8Array;
  /** RFC 3394; `undefined` when the wrapped bytes are not what `kek` wrapped. */
  readonly wrapKey: (kek: Uint8Array, key: Uint8Array) => Uint8Array;
  readonly unwrapKey: (kek: Uint8Array, wrapped: Uint8Array) => Uint8Array | undefined;
}

export interface Nonces {
  readonly accessPoint: Uint8Array;
  readonly station: Uint8Array;
}

/** Keys of one association: to prove with, to wrap with, and to encrypt with. */
export interface VendorKeys {
  readonly proving: Secret;
  readonly wrapping: Secret;
  readonly pairwise: Secret;
}

const LABEL = new TextEncoder().encode('postassoc example keys');

/** Two blocks of HMAC-SHA256 in counter mode over everything that makes this association different from any other. */
export const deriveKeys = (crypto: VendorCrypto, credential: Secret, accessPoint: MacAddress, nonces: Nonces): VendorKeys => {
  const what = joined(LABEL, macToBytes(accessPoint), nonces.accessPoint, nonces.station);
  const first = crypto.hmacSha256(credential.reveal(), joined(Uint8Array.of(1), what));
  const second = crypto.hmacSha256(credential.reveal(), joined(Uint8Array.of(2), what));
  const keys = {
    proving: Secret.of(first),
    wrapping: Secret.of(second.subarray(0, 16)),
    pairwise: Secret.of(second.subarray(16)),
  };
  first.fill(0);
  second.fill(0);
  return keys;
};

export const zeroiseKeys = ({ proving, wrapping, pairwise }: VendorKeys): void => {
  for (const key of [proving, wrapping, pairwise]) key.zeroise();
};

export type Tagged = Extract<VendorMessage, { tag: Uint8Array }>;

const NO_TAG = new Uint8Array(TAG_LENGTH);

/** The tag of a message: it covers every octet before it, and both nonces, so that it is worth nothing anywhere else. */
const tagOf = (crypto: VendorCrypto, keys: VendorKeys, nonces: Nonces, message: Tagged): Uint8Array => {
  const bytes = writeMessage({ ...message, tag: NO_TAG });
  return crypto.hmacSha256(keys.proving.reveal(), joined(bytes, nonces.accessPoint, nonces.station));
};

type WithoutTag<M> = M extends Tagged ? Omit<M, 'tag'> : never;

/** A message that is yet to be given its tag. */
export type Unproven = WithoutTag<Tagged>;

/** A message with its tag, as bytes. */
export const writeProven = (crypto: VendorCrypto, keys: VendorKeys, nonces: Nonces, message: Unproven): Uint8Array => {
  const untagged: Tagged = { ...message, tag: NO_TAG };
  return writeMessage({ ...untagged, tag: tagOf(crypto, keys, nonces, untagged) });
};

/** Takes the same time wherever the difference is. */
const sameTag = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.reduce((difference, octet, i) => difference | (octet ^ (b[i] ?? 0)), 0) === 0;

/** Whether whoever wrote a message knew the credential, and wrote it for this association. */
export const isProven = (crypto: VendorCrypto, keys: VendorKeys, nonces: Nonces, message: Tagged): boolean =>
  sameTag(message.tag, tagOf(crypto, keys, nonces, message));

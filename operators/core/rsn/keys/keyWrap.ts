import type { Crypto } from '../../crypto/index.js';
import type { AkmParameters } from '../akm.js';

/** Key data and what stands in the same frame that its protection depends on. */
export interface WrappedKeyData {
  /** The Key IV field, which version 1 mixes into its key. */
  readonly iv: Uint8Array;
  readonly keyData: Uint8Array;
  /** The packet in front of the key data, which AES-SIV authenticates along with it; other ciphers ignore it. */
  readonly associated?: Uint8Array;
}

type Protection = 'rc4' | 'aesKeyWrap' | 'aesSiv';

const protectionOf = ({ micAlgorithm, descriptorVersion }: AkmParameters, version: number): Protection | undefined => {
  if (micAlgorithm === 'byVersion' && version === 1) return 'rc4';
  if (micAlgorithm === 'byVersion') return version === 2 || version === 3 ? 'aesKeyWrap' : undefined;
  if (version !== descriptorVersion) return undefined;
  return micAlgorithm === 'none' ? 'aesSiv' : 'aesKeyWrap';
};

/** The first 256 octets of RC4's key stream betray its key (IEEE 802.11-2020 12.7.2 h). */
const RC4_DISCARDED = 256;

const rc4 = (crypto: Crypto, kek: Uint8Array, { iv, keyData }: WrappedKeyData): Uint8Array => {
  const key = new Uint8Array(iv.length + kek.length);
  key.set(iv);
  key.set(kek, iv.length);
  const result = crypto.rc4(key, RC4_DISCARDED, keyData);
  key.fill(0);
  return result;
};

const associatedWith = ({ associated }: WrappedKeyData): ReadonlyArray<Uint8Array> =>
  associated === undefined ? [] : [associated];

/**
 * Key data as it goes on the air: under RC4, AES key wrap (what it wraps must have been padded) or AES-SIV. `undefined` for
 * what cannot be wrapped, and for a version the suite does not know.
 *
 * @since 0.2.0
 */
export const wrapKeyData = (
  crypto: Crypto,
  parameters: AkmParameters,
  descriptorVersion: number,
  kek: Uint8Array,
  key: WrappedKeyData,
): Uint8Array | undefined => {
  if (kek.length !== parameters.kek) return undefined;
  switch (protectionOf(parameters, descriptorVersion)) {
    case 'rc4':
      return rc4(crypto, kek, key);
    case 'aesKeyWrap':
      return crypto.aesWrap(kek, key.keyData);
    case 'aesSiv':
      return crypto.aesSivSeal(kek, key.keyData, associatedWith(key));
    default:
      return undefined;
  }
};

/**
 * The inverse of `wrapKeyData`. `undefined` when the data was not wrapped with this key; RC4 alone cannot tell, so its plain
 * text is worth no more than the MIC of the frame it came in.
 *
 * @since 0.2.0
 */
export const unwrapKeyData = (
  crypto: Crypto,
  parameters: AkmParameters,
  descriptorVersion: number,
  kek: Uint8Array,
  key: WrappedKeyData,
): Uint8Array | undefined => {
  if (kek.length !== parameters.kek) return undefined;
  switch (protectionOf(parameters, descriptorVersion)) {
    case 'rc4':
      return rc4(crypto, kek, key);
    case 'aesKeyWrap':
      return crypto.aesUnwrap(kek, key.keyData);
    case 'aesSiv':
      return crypto.aesSivOpen(kek, key.keyData, associatedWith(key));
    default:
      return undefined;
  }
};

import { toHex } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';

/** Separates these from every other use of a hash. */
const PURPOSE = new TextEncoder().encode('postassoc key fingerprint');
const SHOWN = 8;

/**
 * The fingerprint of a key: the first octets of HMAC-SHA-256 (RFC 2104) under a name of its own. It is the same in every run and
 * every worker, so that equal keys of two captures can be told to be equal, and tells no more of a key than the MICs of
 * the capture do.
 */
export const keyFingerprints =
  (crypto: Crypto) =>
  (key: Uint8Array): string =>
    `sha256:${toHex(crypto.hmac('sha256', PURPOSE, key).subarray(0, SHOWN))}`;

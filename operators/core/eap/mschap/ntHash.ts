import type { Crypto } from '../../crypto/index.js';
import type { PeerPassword } from '../EapPeerMethod.js';
import { utf16 } from './utf16.js';

const OCTETS = 16;

/**
 * NtPasswordHash of RFC 2759 8.3: the caller's, to wipe. `undefined` where the password is no text in UTF-8, or not of the 16 octets
 * a hash has.
 */
export const ntHash = (crypto: Crypto, { form, secret }: PeerPassword): Uint8Array | undefined => {
  if (form === 'ntHash') return secret.length === OCTETS ? Uint8Array.from(secret.reveal()) : undefined;
  const text = utf16(secret.reveal());
  if (text === undefined) return undefined;
  const hash = crypto.md4(text);
  text.fill(0);
  return hash;
};

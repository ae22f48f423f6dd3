import type { HashName } from '../../../crypto/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import type { EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import { ntHash } from '../../mschap/ntHash.js';
import { saslPrep } from './saslPrep.js';

/** What is done to a password before it is used: as the server keeps it, so has the peer to make it (RFC 5931 3.2.1, RFC 8146 3.1). */
export interface Preparation {
  readonly isHashHash?: true;
  readonly isPrepared?: true;
  readonly salted?: HashName;
}

const PREPARATIONS: ReadonlyMap<number, Preparation> = new Map<number, Preparation>([
  [0x00, {}],
  [0x01, { isHashHash: true }],
  [0x02, { isPrepared: true }],
  [0x03, { salted: 'sha1' }],
  [0x04, { salted: 'sha256' }],
  [0x05, { salted: 'sha512' }],
  [0x07, { isPrepared: true, salted: 'sha1' }],
  [0x08, { isPrepared: true, salted: 'sha256' }],
  [0x09, { isPrepared: true, salted: 'sha512' }],
]);

/** By its number in an EAP-pwd-ID; `undefined` for one that is not offered here, such as UNIX crypt() (0x06 and 0x0a). */
export const preparationOf = (code: number): Preparation | undefined => PREPARATIONS.get(code);

/** What keeps a password from being prepared in this way, if anything does, before a salt is known. */
export const isSuitable = ({ isHashHash }: Preparation, { form }: PeerPassword): boolean =>
  isHashHash === true || form === 'text';

/** The password as it goes into the password element: the caller's, to wipe. `undefined` for one that cannot be prepared so. */
export const prepare = (
  { crypto }: EapMethodContext,
  preparation: Preparation,
  password: PeerPassword,
  salt: Uint8Array,
): Uint8Array | undefined => {
  if (preparation.isHashHash) {
    const hash = ntHash(crypto, password);
    const hashHash = hash === undefined ? undefined : crypto.md4(hash);
    hash?.fill(0);
    return hashHash;
  }
  const given = password.secret.reveal();
  const text = preparation.isPrepared ? saslPrep(given) : Uint8Array.from(given);
  if (text === undefined || preparation.salted === undefined) return text;
  const salted = joined(text, salt);
  const hash = crypto.hash(preparation.salted, salted);
  for (const octets of [text, salted]) octets.fill(0);
  return hash;
};

import { equalBytes } from '../../../../../streams/events/index.js';
import type { HashName } from '../../../crypto/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import type { EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import { ntHash } from '../../mschap/ntHash.js';
import { saslPrep } from './saslPrep.js';

/** What is done to a password before it is used: as the server keeps it, so has the peer to make it (RFC 5931 3.2.1, RFC 8146 3.1). */
export interface Preparation {
  readonly isHashHash?: true;
  readonly isPrepared?: true;
  /**
   * Only a password that is prepared already: SASLprep and OpaqueString (RFC 8265), which has taken its place, make the same of what the
   * older leaves as it is, such as all of ASCII, and not of the rest.
   */
  readonly isPlain?: true;
  readonly salted?: HashName;
}

const PREPARATIONS: ReadonlyMap<number, Preparation> = new Map<number, Preparation>([
  [0x00, {}],
  [0x01, { isHashHash: true }],
  [0x02, { isPrepared: true }],
  [0x03, { salted: 'sha1' }],
  [0x04, { salted: 'sha256' }],
  [0x05, { salted: 'sha512' }],
  [0x07, { isPlain: true, salted: 'sha1' }],
  [0x08, { isPlain: true, salted: 'sha256' }],
  [0x09, { isPlain: true, salted: 'sha512' }],
]);

/** By its number in an EAP-pwd-ID; `undefined` for one that is not offered here, such as UNIX crypt() (0x06 and 0x0a). */
export const preparationOf = (code: number): Preparation | undefined => PREPARATIONS.get(code);

/** What keeps a password from being prepared in this way, if anything does, before a salt is known. */
export const isSuitable = ({ isHashHash }: Preparation, { form }: PeerPassword): boolean =>
  isHashHash === true || form === 'text';

const textOf = ({ isPrepared, isPlain }: Preparation, given: Uint8Array): Uint8Array | undefined => {
  if (isPrepared !== true && isPlain !== true) return Uint8Array.from(given);
  const prepared = saslPrep(given);
  if (prepared === undefined || isPrepared === true || equalBytes(prepared, given)) return prepared;
  prepared.fill(0);
  return undefined;
};

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
  const text = textOf(preparation, password.secret.reveal());
  if (text === undefined || preparation.salted === undefined) return text;
  const salted = joined(text, salt);
  const hash = crypto.hash(preparation.salted, salted);
  for (const octets of [text, salted]) octets.fill(0);
  return hash;
};

import { Secret } from '../events/index.js';

/**
 * Who a station says it is. The realm tells a network where to send it, and nobody who it is (RFC 7542 2.6).
 *
 * @since 0.2.0
 */
export interface EapIdentity {
  readonly identity: Secret;
  readonly realm?: string;
}

const AT = 0x40;
/** RFC 7542 2.2: labels of letters, digits and hyphens, in any script, and at least two of them. */
const REALM =
  /^(?=.{3,253}$)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)+$/u;

/**
 * The realm of a network access identifier (RFC 4282, RFC 7542). What stands behind an `@` without being one, a piece of a password
 * that was typed into the wrong field for example, is none.
 *
 * @since 0.2.0
 */
export const eapRealm = (identity: Uint8Array): string | undefined => {
  const at = identity.lastIndexOf(AT);
  if (at < 0 || identity.length - at > 1024) return undefined;
  const text = new TextDecoder().decode(identity.subarray(at + 1));
  return REALM.test(text) ? text : undefined;
};

/**
 * Reads the data of an Identity response. It should be free of NULs (RFC 3748 5.1); where it is not, the identity ends there.
 *
 * @since 0.2.0
 */
export const readEapIdentity = (data: Uint8Array): EapIdentity => {
  const nul = data.indexOf(0);
  const end = nul < 0 ? data.length : nul;
  const realm = eapRealm(data.subarray(0, end));
  return { identity: Secret.of(data, 0, end), ...(realm === undefined ? {} : { realm }) };
};

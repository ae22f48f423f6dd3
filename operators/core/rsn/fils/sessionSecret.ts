import { Secret } from '../../../../streams/events/index.js';
import { FILS_NONCE_SIZE } from '../../../../streams/frames/index.js';
import { type Akm, parametersOf } from '../akm.js';
import type { CipherRow } from '../cipherSuite.js';
import { filsOctets } from '../keys/fils.js';
import { joined } from '../keys/joined.js';
import type { Nonces, Ptk } from '../keys/ptk.js';

/** What an authentication leaves to the port of the association behind it. */
export interface FilsSession {
  readonly nonces: Nonces;
  /** KeyAuth, as the association response has to have it. */
  readonly keyAuth: Secret;
  /** Renews the pairwise keys; of a suite with fast transition FILS-FT does. */
  readonly pmk: Secret;
  readonly ptk: Ptk;
  readonly filsFt?: Secret;
}

/**
 * The same as one secret, end to end: SNonce, ANonce, KeyAuth, PMK, KEK, TK and FILS-FT. Suite and cipher say how long each is.
 */
export const writeSessionSecret = ({ nonces, keyAuth, pmk, ptk, filsFt }: FilsSession): Secret => {
  const secrets = [keyAuth, pmk, ptk.kek, ptk.tk, ...(filsFt ? [filsFt] : [])];
  const octets = joined(nonces.supplicant, nonces.authenticator, ...secrets.map((secret) => secret.reveal()));
  const secret = Secret.of(octets);
  octets.fill(0);
  return secret;
};

/** `undefined` for a secret of another length. The parts live on their own: what they were read from can be destroyed. */
export const readSessionSecret = (akm: Akm, cipher: CipherRow, secret: Secret): FilsSession | undefined => {
  const digest = filsOctets(akm);
  const { kek } = parametersOf(akm, digest);
  const sizes = [FILS_NONCE_SIZE, FILS_NONCE_SIZE, digest, digest, kek, cipher.keyLength, akm.fastTransition ? digest : 0];
  if (!secret.isKnown || secret.length !== sizes.reduce((sum, size) => sum + size, 0)) return undefined;
  const octets = secret.reveal();
  let at = 0;
  const next = (size: number): Secret => {
    at += size;
    return Secret.of(octets, at - size, at);
  };
  const nonces = {
    supplicant: octets.slice(0, FILS_NONCE_SIZE),
    authenticator: octets.slice(FILS_NONCE_SIZE, 2 * FILS_NONCE_SIZE),
  };
  at = 2 * FILS_NONCE_SIZE;
  const [keyAuth, pmk] = [next(digest), next(digest)];
  const ptk: Ptk = { kck: Secret.of(octets, 0, 0), kek: next(kek), tk: next(cipher.keyLength) };
  return { nonces, keyAuth, pmk, ptk, ...(akm.fastTransition && { filsFt: next(digest) }) };
};

export const zeroiseSession = ({ keyAuth, pmk, ptk, filsFt }: FilsSession): void => {
  for (const secret of [keyAuth, pmk, ptk.kck, ptk.kek, ptk.tk, filsFt]) secret?.zeroise();
};

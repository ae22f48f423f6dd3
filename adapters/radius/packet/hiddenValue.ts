import type { SharedSecret } from './authenticators.js';

const BLOCK = 16;

const concat = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/**
 * Takes off the mask that RADIUS puts on passwords (RFC 2865 5.2) and, with a salt, on keys (RFC 2868 3.5, RFC 2548 2.4.2): each block
 * is masked with MD5 over the secret and the block before; the first with the authenticator of the request and the salt.
 * `undefined` for what is no whole number of blocks.
 */
export const unmask = (
  { crypto, secret }: SharedSecret,
  hidden: Uint8Array,
  requestAuthenticator: Uint8Array,
  salt: Uint8Array = new Uint8Array(0),
): Uint8Array | undefined => {
  if (hidden.length === 0 || hidden.length % BLOCK !== 0) return undefined;
  const plain = new Uint8Array(hidden.length);
  let chain = concat(requestAuthenticator, salt);
  for (let at = 0; at < hidden.length; at += BLOCK) {
    const mask = crypto.hash('md5', concat(secret, chain));
    for (let i = 0; i < BLOCK; i++) plain[at + i] = (hidden[at + i] ?? 0) ^ (mask[i] ?? 0);
    chain = hidden.subarray(at, at + BLOCK);
  }
  return plain;
};

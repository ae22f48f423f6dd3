import type { Crypto } from '../../../operators/core/index.js';
import { RadiusAttributeType } from './RadiusAttributeType.js';
import { AUTHENTICATOR_AT, AUTHENTICATOR_SIZE, attributesOf, type RadiusPacket } from './RadiusPacket.js';

/** What a secret makes of packets. */
export interface SharedSecret {
  readonly crypto: Crypto;
  readonly secret: Uint8Array;
}

const MESSAGE_AUTHENTICATOR = RadiusAttributeType.codes['Message-Authenticator'];
const ATTRIBUTE_HEADER = 2;
const ZEROS = new Uint8Array(AUTHENTICATOR_SIZE);

/** A packet as its authenticators see it: with that of the request in its place (RFC 2865 3). */
const withAuthenticator = ({ bytes }: Pick<RadiusPacket, 'bytes'>, requestAuthenticator: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  copy.set(requestAuthenticator, AUTHENTICATOR_AT);
  return copy;
};

/** RFC 2865 3: MD5 over the packet, with the authenticator of the request in place of its own, and the secret. */
export const responseAuthenticator = (
  { crypto, secret }: SharedSecret,
  packet: Pick<RadiusPacket, 'bytes'>,
  requestAuthenticator: Uint8Array,
): Uint8Array => {
  const input = new Uint8Array(packet.bytes.length + secret.length);
  input.set(packet.bytes);
  input.set(requestAuthenticator, AUTHENTICATOR_AT);
  input.set(secret, packet.bytes.length);
  return crypto.hash('md5', input);
};

/** RFC 3579 3.2: HMAC-MD5 over the packet, with zeros in its own place. */
const messageAuthenticator = ({ crypto, secret }: SharedSecret, packet: Uint8Array, at: number): Uint8Array => {
  packet.set(ZEROS, at + ATTRIBUTE_HEADER);
  return crypto.hmac('md5', secret, packet);
};

/** Puts the Message-Authenticator of a packet into the attribute at that octet. */
export const signMessage = (shared: SharedSecret, packet: Uint8Array, at: number): void => {
  packet.set(messageAuthenticator(shared, packet, at), at + ATTRIBUTE_HEADER);
};

export type MessageCheck = 'genuine' | 'missing' | 'wrong';

/** Checks the Message-Authenticator of a request, or of an answer to the request of that authenticator. There must be exactly one. */
export const checkMessage = (shared: SharedSecret, packet: RadiusPacket, requestAuthenticator: Uint8Array): MessageCheck => {
  const [found, second] = attributesOf(packet, MESSAGE_AUTHENTICATOR);
  if (found === undefined) return 'missing';
  if (second !== undefined || found.value.length !== AUTHENTICATOR_SIZE) return 'wrong';
  const expected = messageAuthenticator(shared, withAuthenticator(packet, requestAuthenticator), found.at);
  return shared.crypto.equal(expected, found.value) ? 'genuine' : 'wrong';
};

/** Why an answer is not believed, or nothing. */
export type AnswerDoubt = 'responseAuthenticator' | 'noMessageAuthenticator' | 'messageAuthenticator';

/**
 * Whether an answer comes from somebody who knows the secret. A Message-Authenticator is demanded of every answer: MD5 alone, which is
 * what the Response Authenticator is, can be forged on the way (CVE-2024-3596).
 *
 * @since 0.2.0
 */
export const doubtOf = (
  shared: SharedSecret,
  answer: RadiusPacket,
  requestAuthenticator: Uint8Array,
): AnswerDoubt | undefined => {
  const expected = responseAuthenticator(shared, answer, requestAuthenticator);
  if (!shared.crypto.equal(expected, answer.authenticator)) return 'responseAuthenticator';
  const message = checkMessage(shared, answer, requestAuthenticator);
  if (message === 'genuine') return undefined;
  return message === 'missing' ? 'noMessageAuthenticator' : 'messageAuthenticator';
};

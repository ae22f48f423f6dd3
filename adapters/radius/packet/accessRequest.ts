import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { type SharedSecret, signMessage } from './authenticators.js';
import { attributeName, RadiusAttributeType } from './RadiusAttributeType.js';
import { RadiusCode } from './RadiusCode.js';
import {
  AUTHENTICATOR_AT,
  AUTHENTICATOR_SIZE,
  HEADER_SIZE,
  MAX_PACKET,
  MAX_VALUE,
  type RadiusAttribute,
} from './RadiusPacket.js';

/** The Message-Authenticator comes first: nothing that was smuggled in can come before it. */
const MESSAGE_AUTHENTICATOR_AT = HEADER_SIZE;
const MESSAGE_AUTHENTICATOR_SIZE = 2 + AUTHENTICATOR_SIZE;

export interface AccessRequest {
  readonly identifier: number;
  /** 16 octets, random and never repeated (RFC 2865 3). */
  readonly authenticator: Uint8Array;
  /** All but the Message-Authenticator. */
  readonly attributes: ReadonlyArray<RadiusAttribute>;
}

const problemOf = (size: number, attributes: ReadonlyArray<RadiusAttribute>): string | undefined => {
  const long = attributes.find(({ value }) => value.length > MAX_VALUE);
  if (long !== undefined)
    return `${attributeName(long.type)} has ${long.value.length} octets; an attribute holds at most ${MAX_VALUE}`;
  return size > MAX_PACKET ? `the Access-Request would have ${size} octets; RADIUS allows ${MAX_PACKET}` : undefined;
};

/**
 * Writes an Access-Request, signed with its Message-Authenticator (RFC 2865 4.1, RFC 3579 3.2).
 *
 * @since 0.2.0
 */
export const writeAccessRequest = (shared: SharedSecret, request: AccessRequest): Either<string, Uint8Array> => {
  const { identifier, authenticator, attributes } = request;
  const size = attributes.reduce((sum, { value }) => sum + 2 + value.length, HEADER_SIZE + MESSAGE_AUTHENTICATOR_SIZE);
  const problem = problemOf(size, attributes);
  if (problem !== undefined) return left(problem);
  const packet = new Uint8Array(size);
  packet.set([RadiusCode.codes.ACCESS_REQUEST, identifier, size >>> 8, size]);
  packet.set(authenticator, AUTHENTICATOR_AT);
  packet.set([RadiusAttributeType.codes['Message-Authenticator'], MESSAGE_AUTHENTICATOR_SIZE], MESSAGE_AUTHENTICATOR_AT);
  let at = MESSAGE_AUTHENTICATOR_AT + MESSAGE_AUTHENTICATOR_SIZE;
  for (const { type, value } of attributes) {
    packet[at] = type;
    packet[at + 1] = 2 + value.length;
    packet.set(value, at + 2);
    at += 2 + value.length;
  }
  signMessage(shared, packet, MESSAGE_AUTHENTICATOR_AT);
  return right(packet);
};

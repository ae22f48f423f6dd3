import { responseAuthenticator, type SharedSecret, signMessage } from '../../../adapters/radius/packet/authenticators.js';
import type { RadiusAttribute, RadiusPacket } from '../../../adapters/radius/packet/RadiusPacket.js';

const BLOCK = 16;

/** What hides a key from everybody but the NAS, written from RFC 2548 2.4.2 for the other side; `claimed` is the length it says it has. */
export const hideKey = (
  { crypto, secret }: SharedSecret,
  requestAuthenticator: Uint8Array,
  salt: number,
  key: Uint8Array,
  claimed = key.length,
): Uint8Array => {
  const plain = new Uint8Array(Math.ceil((key.length + 1) / BLOCK) * BLOCK);
  plain[0] = claimed;
  plain.set(key, 1);
  const hidden = [salt >>> 8, salt & 0xff];
  let chain = [...requestAuthenticator, ...hidden];
  for (let at = 0; at < plain.length; at += BLOCK) {
    const mask = crypto.hash('md5', Uint8Array.of(...secret, ...chain));
    chain = [...plain.subarray(at, at + BLOCK)].map((octet, n) => octet ^ (mask[n] ?? 0));
    hidden.push(...chain);
  }
  return Uint8Array.from(hidden);
};

/** A Vendor-Specific attribute, whole. */
export const vendorSpecific = (vendor: number, type: number, value: Uint8Array): Uint8Array =>
  Uint8Array.of(26, 8 + value.length, vendor >>> 24, vendor >>> 16, vendor >>> 8, vendor, type, 2 + value.length, ...value);

export interface AnswerOptions {
  readonly code: number;
  readonly attributes?: ReadonlyArray<RadiusAttribute>;
  /** Attributes that are written already. */
  readonly raw?: ReadonlyArray<Uint8Array>;
  readonly isUnsigned?: boolean;
}

/** An answer to a request, signed in both ways. */
export const answerTo = (shared: SharedSecret, request: RadiusPacket, options: AnswerOptions): Uint8Array => {
  const { code, attributes = [], raw = [], isUnsigned = false } = options;
  const body = [
    ...(isUnsigned ? [] : [80, 18, ...new Uint8Array(16)]),
    ...attributes.flatMap(({ type, value }) => [type, 2 + value.length, ...value]),
    ...raw.flatMap((attribute) => [...attribute]),
  ];
  const size = 20 + body.length;
  const packet = Uint8Array.of(code, request.identifier, size >>> 8, size, ...request.authenticator, ...body);
  if (!isUnsigned) signMessage(shared, packet, 20);
  packet.set(responseAuthenticator(shared, { bytes: packet }, request.authenticator), 4);
  return packet;
};

import { EapCode, EapMethod } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';

const HEADER_SIZE = 4;
const TYPE_AT = HEADER_SIZE;
const { REQUEST, FAILURE } = EapCode.codes;

/** Octets that fit together as a header: FreeRADIUS sends its Identity requests so, and all servers their extensions. */
const hasHeader = (plain: Uint8Array): boolean => {
  const [code = 0, , high = 0, low = 0] = plain;
  return plain.length >= HEADER_SIZE && code >= REQUEST && code <= FAILURE && ((high << 8) | low) === plain.length;
};

/** [MS-PEAP] 3.1.5.6: an inner request travels without its header, which is that of the packet around it but for the length. */
export const withHeader = (identifier: number, plain: Uint8Array): Uint8Array => {
  if (hasHeader(plain)) return plain;
  const length = HEADER_SIZE + plain.length;
  return joined(Uint8Array.of(REQUEST, identifier, length >>> 8, length), plain);
};

export const withoutHeader = (packet: Uint8Array): Uint8Array => packet.slice(HEADER_SIZE);

/** Of a request for the two sides of the tunnel themselves: its identifier, and what it says. */
export const extensionsRequest = (packet: Uint8Array): { readonly identifier: number; readonly data: Uint8Array } | undefined => {
  const [code, identifier = 0] = packet;
  const isOne = code === REQUEST && packet[TYPE_AT] === EapMethod.codes.TLV;
  return isOne ? { identifier, data: packet.slice(TYPE_AT + 1) } : undefined;
};

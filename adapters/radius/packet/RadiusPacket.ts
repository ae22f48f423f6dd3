import { type Decoded, decode, type Reader } from '../../../streams/frames/index.js';

/** RFC 2865 5. */
export interface RadiusAttribute {
  readonly type: number;
  readonly value: Uint8Array;
}

/** An attribute of a packet that was read, and the octet it begins at. */
export interface LocatedAttribute extends RadiusAttribute {
  readonly at: number;
}

/**
 * A RADIUS packet (RFC 2865 3), as it was received.
 *
 * @since 0.2.0
 */
export interface RadiusPacket {
  readonly code: number;
  readonly identifier: number;
  readonly authenticator: Uint8Array;
  readonly attributes: ReadonlyArray<LocatedAttribute>;
  /** The octets of the packet, without what the link added. */
  readonly bytes: Uint8Array;
}

export const HEADER_SIZE = 20;
export const AUTHENTICATOR_AT = 4;
export const AUTHENTICATOR_SIZE = 16;
/** RFC 2865 3. */
export const MAX_PACKET = 4096;
/** What an attribute can carry, its type and length apart. */
export const MAX_VALUE = 253;

const STRUCTURE = 'RADIUS';
const ATTRIBUTE_HEADER = 2;

const readAttribute = (reader: Reader): LocatedAttribute => {
  const at = reader.at;
  const type = reader.u8('Type');
  const length = { field: 'Length', at: reader.at, value: reader.u8('Length') };
  const isPossible = length.value >= ATTRIBUTE_HEADER && length.value - ATTRIBUTE_HEADER <= reader.remaining;
  reader.check(
    isPossible,
    'LENGTH',
    length,
    `from ${ATTRIBUTE_HEADER} to the ${reader.remaining + ATTRIBUTE_HEADER} bytes there are`,
  );
  return { at, type, value: reader.bytes('Value', Math.max(0, length.value - ATTRIBUTE_HEADER)) };
};

/**
 * Reads a RADIUS packet. Octets behind its length are padding of the link; fewer than it promises, and more than 4,096, are refused
 * (RFC 2865 3). Whether it is genuine is another question.
 *
 * @since 0.2.0
 */
export const readRadius = (datagram: Uint8Array): Decoded<RadiusPacket> =>
  decode(STRUCTURE, datagram, (reader) => {
    reader.need(HEADER_SIZE);
    const code = reader.u8('Code');
    const identifier = reader.u8('Identifier');
    const length = { field: 'Length', at: reader.at, value: reader.u16be('Length') };
    const most = Math.min(MAX_PACKET, datagram.length);
    const isPossible = length.value >= HEADER_SIZE && length.value <= most;
    reader.check(isPossible, 'LENGTH', length, `from ${HEADER_SIZE} to ${most}`);
    const authenticator = reader.bytes('Authenticator', AUTHENTICATOR_SIZE);
    const attributes = reader.nested(STRUCTURE, 'Attributes', Math.max(0, length.value - HEADER_SIZE), (body) =>
      body.repeat(readAttribute),
    );
    return { code, identifier, authenticator, attributes, bytes: datagram.subarray(0, length.value) };
  });

export const attributesOf = ({ attributes }: RadiusPacket, type: number): ReadonlyArray<LocatedAttribute> =>
  attributes.filter((attribute) => attribute.type === type);

import { right } from 'fp-ts/lib/Either.js';
import { codeSpace } from '../events/index.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { EapMethod, type EapVendorType } from './eapMethods.js';
import { pack, u8, u16be } from './pack.js';
import { decode, type Reader } from './Reader.js';

/**
 * What an EAP packet is (RFC 3748 4, RFC 6696 5.3).
 *
 * @since 0.2.0
 */
export const EapCode = codeSpace('EAP code', { REQUEST: 1, RESPONSE: 2, SUCCESS: 3, FAILURE: 4, INITIATE: 5, FINISH: 6 }, [], 2);

/**
 * An EAP packet: the body of an EAPOL packet of type 0.
 *
 * @since 0.2.0
 */
export interface EapPacket {
  readonly code: number;
  readonly identifier: number;
  /** Of whatever has one: a success and a failure end with the header. */
  readonly type?: number;
  /** Exactly where the type is `EXPANDED`. */
  readonly vendor?: EapVendorType;
  /** What follows the type. */
  readonly data: Uint8Array;
}

const STRUCTURE = 'EAP';
const HEADER_SIZE = 4;
const MAX_SIZE = 0xffff;
const EMPTY = new Uint8Array(0);
const { EXPANDED } = EapMethod.codes;

/** Whether packets of this code have a type. */
const isTyped = (code: number): boolean => code !== EapCode.codes.SUCCESS && code !== EapCode.codes.FAILURE;

const u24be = (value: number): Uint8Array => Uint8Array.of(value >>> 16, value >>> 8, value);
const u32be = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

/** RFC 3748 5.7: three octets of vendor, four of type. */
export const readVendorType = (reader: Reader): EapVendorType => {
  const high = reader.u8('Vendor-Id');
  return { vendor: (high << 16) | reader.u16be('Vendor-Id'), type: reader.u32be('Vendor-Type') };
};
export const writeVendorType = ({ vendor, type }: EapVendorType): Uint8Array => pack(u24be(vendor), u32be(type));

const readTyped = (reader: Reader): Pick<EapPacket, 'type' | 'vendor' | 'data'> => {
  const type = reader.u8('Type');
  if (type !== EXPANDED) return { type, data: reader.rest('Type-Data') };
  return { type, vendor: readVendorType(reader), data: reader.rest('Vendor data') };
};

/**
 * Reads an EAP packet. Octets behind its length are padding of the link (RFC 3748 4.1); a length that promises more than there
 * is, or less than a header, is refused. So is a code nobody defined.
 *
 * @since 0.2.0
 */
export const readEap = (bytes: Uint8Array): Decoded<EapPacket> =>
  decode(STRUCTURE, bytes, (reader) => {
    reader.need(HEADER_SIZE);
    const code = reader.u8('Code');
    reader.check(EapCode.nameOf(code) !== undefined, 'VALUE', { field: 'Code', at: 0, value: code }, 'a code from 1 to 6');
    const identifier = reader.u8('Identifier');
    const length = { field: 'Length', at: reader.at, value: reader.u16be('Length') };
    const isPossible = length.value >= HEADER_SIZE && length.value <= bytes.length;
    reader.check(isPossible, 'LENGTH', length, `from ${HEADER_SIZE} to the ${bytes.length} bytes there are`);
    return reader.nested(STRUCTURE, 'Type', Math.max(0, length.value - HEADER_SIZE), (body) => ({
      code,
      identifier,
      ...(isTyped(code) ? readTyped(body) : { data: EMPTY }),
    }));
  });

/** What keeps a packet from being written. */
const faultOf = ({
  code,
  type,
  vendor,
  data,
}: EapPacket): readonly [field: string, expected: string, found: string] | undefined => {
  if (EapCode.nameOf(code) === undefined) return ['Code', 'a code from 1 to 6', `${code}`];
  if (isTyped(code) !== (type !== undefined))
    return ['Type', 'a type where the code has one', type === undefined ? 'none' : `${type}`];
  if ((type === EXPANDED) !== (vendor !== undefined)) return ['Vendor-Id', 'a vendor where the type is expanded', `type ${type}`];
  if (!isTyped(code) && data.length > 0) return ['Type-Data', 'nothing', `${data.length} bytes`];
  const size = HEADER_SIZE + 8 + data.length;
  return size > MAX_SIZE ? ['Length', `at most ${MAX_SIZE} bytes`, `${size}`] : undefined;
};

/**
 * Writes an EAP packet.
 *
 * @example
 * writeEap({ code: EapCode.codes.RESPONSE, identifier: 1, type: EapMethod.codes.IDENTITY, data: Uint8Array.of(0x61) });
 * // 02 01 00 06 01 61
 *
 * @since 0.2.0
 */
export const writeEap = (packet: EapPacket): Encoded => {
  const fault = faultOf(packet);
  if (fault !== undefined) return unwritable(STRUCTURE, ...fault);
  const type = packet.type === undefined ? EMPTY : u8(packet.type);
  const vendor = packet.vendor === undefined ? EMPTY : writeVendorType(packet.vendor);
  const length = HEADER_SIZE + type.length + vendor.length + packet.data.length;
  return right(pack(u8(packet.code), u8(packet.identifier), u16be(length), type, vendor, packet.data));
};

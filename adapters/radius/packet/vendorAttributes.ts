import { type Decoded, decode, type Reader } from '../../../streams/frames/index.js';
import { RadiusAttributeType } from './RadiusAttributeType.js';
import { attributesOf, type LocatedAttribute, type RadiusPacket } from './RadiusPacket.js';

/** An attribute of a vendor's own (RFC 2865 5.26). */
export interface VendorAttribute {
  readonly vendor: number;
  readonly type: number;
  readonly value: Uint8Array;
  /** The octet it begins at. */
  readonly at: number;
}

const VENDOR_SPECIFIC = RadiusAttributeType.codes['Vendor-Specific'];
const HEADER = 2;

const VENDOR_SIZE = 4;

const vendorOf = ({ at, value }: LocatedAttribute, reader: Reader): number | undefined => {
  const found = { field: 'Vendor-Id', at: at + HEADER, value: value.length };
  reader.check(value.length >= VENDOR_SIZE, 'LENGTH', found, `at least ${VENDOR_SIZE} bytes`);
  return value.length < VENDOR_SIZE ? undefined : new DataView(value.buffer, value.byteOffset).getUint32(0);
};

const membersOf = (vendor: number, { at, value }: LocatedAttribute, reader: Reader): ReadonlyArray<VendorAttribute> => {
  const members: VendorAttribute[] = [];
  for (let inner = VENDOR_SIZE; inner < value.length; ) {
    const length = value[inner + 1] ?? 0;
    const isPossible = length >= HEADER && inner + length <= value.length;
    const located = { field: 'Vendor length', at: at + HEADER + inner + 1, value: length };
    reader.check(isPossible, 'LENGTH', located, `from ${HEADER} to the ${value.length - inner} bytes there are`);
    if (!isPossible) break;
    members.push({
      vendor,
      type: value[inner] ?? 0,
      value: value.subarray(inner + HEADER, inner + length),
      at: at + HEADER + inner,
    });
    inner += length;
  }
  return members;
};

/**
 * The attributes of one vendor, in the form that RFC 2865 5.26 recommends and Microsoft keeps to (RFC 2548 2). Those of other
 * vendors, who may have forms of their own, are left alone.
 */
export const vendorAttributes = (packet: RadiusPacket, vendor: number): Decoded<ReadonlyArray<VendorAttribute>> =>
  decode('RADIUS', packet.bytes, (reader) =>
    attributesOf(packet, VENDOR_SPECIFIC).flatMap((attribute) =>
      vendorOf(attribute, reader) === vendor ? membersOf(vendor, attribute, reader) : [],
    ),
  );

import { type Decoded, decode, type Reader } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';

/** RFC 5281 10.1: what is said inside of the tunnel, in the form of Diameter. */
export interface Avp {
  readonly code: number;
  /** 0 for what RADIUS itself has. */
  readonly vendor: number;
  /** Whoever does not know it has to refuse. */
  readonly isMandatory: boolean;
  readonly data: Uint8Array;
}

export const MICROSOFT = 311;
/** RFC 2865, RFC 2869 5.13, RFC 2548 2. */
export const AvpCode = {
  USER_NAME: 1,
  USER_PASSWORD: 2,
  CHAP_PASSWORD: 3,
  REPLY_MESSAGE: 18,
  CHAP_CHALLENGE: 60,
  EAP_MESSAGE: 79,
} as const;
export const MicrosoftAvp = {
  CHAP_RESPONSE: 1,
  CHAP_ERROR: 2,
  CHAP_CHALLENGE: 11,
  CHAP2_RESPONSE: 25,
  CHAP2_SUCCESS: 26,
} as const;

const HAS_VENDOR = 0x80;
const MANDATORY = 0x40;
const HEADER_SIZE = 8;
const VENDOR_SIZE = 4;

const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const paddingOf = (size: number): number => -size & 3;

const readAvp = (reader: Reader): Avp => {
  const code = reader.u32be('AVP Code');
  const head = { field: 'AVP Length', at: reader.at, value: reader.u32be('AVP Length') };
  const flags = head.value >>> 24;
  const length = head.value & 0xffffff;
  const size = HEADER_SIZE + ((flags & HAS_VENDOR) === 0 ? 0 : VENDOR_SIZE);
  reader.check(length >= size, 'LENGTH', head, `at least ${size} bytes`);
  const vendor = size > HEADER_SIZE ? reader.u32be('Vendor-ID') : 0;
  const data = reader.bytes('Data', Math.max(0, length - size));
  // Of the last one some leave out the padding.
  reader.skip(Math.min(paddingOf(length), reader.remaining));
  return { code, vendor, isMandatory: (flags & MANDATORY) !== 0, data };
};

/** Reads what came through the tunnel. */
export const readAvps = (plain: Uint8Array): Decoded<ReadonlyArray<Avp>> =>
  decode('TTLS AVP', plain, (reader) => reader.repeat(readAvp));

const writeAvp = ({ code, vendor, isMandatory, data }: Avp): Uint8Array => {
  const vendors = vendor === 0 ? new Uint8Array(0) : u32(vendor);
  const length = HEADER_SIZE + vendors.length + data.length;
  const flags = (vendor === 0 ? 0 : HAS_VENDOR) | (isMandatory ? MANDATORY : 0);
  return joined(u32(code), u32((flags << 24) | length), vendors, data, new Uint8Array(paddingOf(length)));
};

export const writeAvps = (avps: ReadonlyArray<Avp>): Uint8Array => joined(...avps.map(writeAvp));

export const avp = (code: number, data: Uint8Array): Avp => ({ code, vendor: 0, isMandatory: true, data });
export const microsoftAvp = (code: number, data: Uint8Array): Avp => ({ code, vendor: MICROSOFT, isMandatory: true, data });

export const isAvp = ({ code, vendor }: Avp, wanted: number, of = 0): boolean => code === wanted && vendor === of;

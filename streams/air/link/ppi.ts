import type { Hearing } from '../Hearing.js';
import { u16le, u32le } from '../octets.js';
import { FCS_SIZE, Layer } from './Layer.js';

/** Version, flags, the length, and the link type of what is inside. */
const HEADER_SIZE = 8;
const IEEE802_11 = 105;

const FIELD_HEADER_SIZE = 4;
const COMMON_802_11 = 2;
/** In the 802.11-Common field, behind the TSF timer. */
const FLAGS_AT = 8;
const FCS_AT_END = 0x01;
const BAD_FCS = 0x04;

/** The flags of the 802.11-Common field, where there is one. */
const commonFlags = (bytes: Uint8Array, from: number, end: number): number => {
  for (let at = from; at + FIELD_HEADER_SIZE <= end; ) {
    const [type, size] = [u16le(bytes, at), u16le(bytes, at + 2)];
    const field = at + FIELD_HEADER_SIZE;
    if (field + size > end) return 0;
    if (type === COMMON_802_11 && size >= FLAGS_AT + 2) return u16le(bytes, field + FLAGS_AT);
    at = field + size;
  }
  return 0;
};

/** Per-Packet Information (CACE PPI 1.0.10); of what it may hold, 802.11 is understood. */
export const findInPpi = (hearing: Hearing): Layer => {
  const { bytes, start, end } = hearing;
  if (end - start < HEADER_SIZE || bytes[start] !== 0) return Layer.NOTHING;
  const size = u16le(bytes, start + 2);
  if (size < HEADER_SIZE || size > end - start || u32le(bytes, start + 4) !== IEEE802_11) return Layer.NOTHING;
  hearing.start = start + size;
  const flags = commonFlags(bytes, start + HEADER_SIZE, start + size);
  if ((flags & FCS_AT_END) !== 0) {
    hearing.end = end - FCS_SIZE;
    hearing.isTrimmed = true;
  }
  return (flags & BAD_FCS) === 0 ? Layer.AIR : Layer.NOTHING;
};

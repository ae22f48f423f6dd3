import type { Hearing } from '../Hearing.js';
import { u16le } from '../octets.js';
import { FCS_SIZE, Layer } from './Layer.js';

/** Version, a pad octet, the length, and the first word of presence. */
const LEAST = 8;
const HAS_TSFT = 0x01;
const HAS_FLAGS = 0x02;
const HAS_RATE = 0x04;
/** Bit 31 of a word of presence: another follows. */
const MORE = 0x80;
const TSFT_SIZE = 8;

const FCS_AT_END = 0x10;
const DATA_PAD = 0x20;
const BAD_FCS = 0x40;

const rateAt = (bytes: Uint8Array, at: number, end: number): number => (at < end ? (bytes[at] ?? 0) : 0);

/**
 * Radiotap (radiotap.org). Of its fields only Flags matters, and the Rate behind it, the second and third of the first word of presence: before them stand the other
 * words, whatever namespaces they speak of, and the TSFT, aligned to its size from the header on. What follows is passed over by the
 * header's length. A frame whose FCS was bad is not believed.
 */
export const findInRadiotap = (hearing: Hearing): Layer => {
  const { bytes, start, end } = hearing;
  if (end - start < LEAST || bytes[start] !== 0) return Layer.NOTHING;
  const size = u16le(bytes, start + 2);
  if (size < LEAST || size > end - start) return Layer.NOTHING;
  hearing.start = start + size;
  const present = bytes[start + 4] ?? 0;
  if ((present & HAS_FLAGS) === 0) return Layer.AIR;
  let offset = LEAST;
  while (offset < size && ((bytes[start + offset - 1] ?? 0) & MORE) !== 0) offset += 4;
  if ((present & HAS_TSFT) !== 0) offset = ((offset + 7) & ~7) + TSFT_SIZE;
  if (offset >= size) return Layer.AIR;
  const flags = bytes[start + offset] ?? 0;
  hearing.isPadded = (flags & DATA_PAD) !== 0;
  if ((present & HAS_RATE) !== 0) hearing.rate = rateAt(bytes, start + offset + 1, hearing.start);
  if ((flags & FCS_AT_END) !== 0) {
    hearing.end = end - FCS_SIZE;
    hearing.isTrimmed = true;
  }
  return (flags & BAD_FCS) === 0 ? Layer.AIR : Layer.NOTHING;
};

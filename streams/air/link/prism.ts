import type { Hearing } from '../Hearing.js';
import { u32be, u32le } from '../octets.js';
import { Layer } from './Layer.js';

/** Both begin with a word that tells what they are, and one with the length of the header. */
const LEAST = 8;
/** The AVS header's version: 0x80211001 and 0x80211002 are known. */
const AVS = 0x802110;

/** The AVS header is big-endian throughout. */
export const findInAvs = (hearing: Hearing): Layer => {
  const { bytes, start, end } = hearing;
  if (end - start < LEAST || u32be(bytes, start) >>> 8 !== AVS) return Layer.NOTHING;
  const size = u32be(bytes, start + 4);
  if (size < LEAST || size > end - start) return Layer.NOTHING;
  hearing.start = start + size;
  return Layer.AIR;
};

/** The Prism header has the byte order of the machine that wrote it, and drivers put AVS headers under its link type. */
export const findInPrism = (hearing: Hearing): Layer => {
  const { bytes, start, end } = hearing;
  if (end - start < LEAST) return Layer.NOTHING;
  if (u32be(bytes, start) >>> 8 === AVS) return findInAvs(hearing);
  const little = u32le(bytes, start + 4);
  const size = little > end - start ? u32be(bytes, start + 4) : little;
  if (size < LEAST || size > end - start) return Layer.NOTHING;
  hearing.start = start + size;
  return Layer.AIR;
};

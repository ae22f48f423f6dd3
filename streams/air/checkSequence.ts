import type { Hearing } from './Hearing.js';
import { FCS_SIZE } from './link/Layer.js';
import { LEAST_HEADER } from './macHeader.js';
import { u32le } from './octets.js';

/** CRC-32 with the generator of IEEE 802.11-2020 9.2.4.8, bits reflected. */
const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let rest = octet;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ 0xedb88320;
  return rest;
});

const crc32 = (bytes: Uint8Array, start: number, end: number): number => {
  let rest = 0xffffffff;
  for (let at = start; at < end; at += 1) rest = (TABLE[(rest ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
};

/** So many frames without one, and there is none. */
const PATIENCE = 256;

/** Takes the FCS off the end of a frame that has one. */
export type TrimCheckSequence = (hearing: Hearing) => void;

/**
 * Plain 802.11, Prism and AVS cannot announce an FCS, and captures with one and without look the same. It would break the last element
 * of a management frame, and the MIC of an encrypted one; so it is known by being right. Frames without are looked at in vain, and that
 * ends after a while.
 */
export const createTrim = (): TrimCheckSequence => {
  let inVain = 0;
  return (hearing) => {
    const { bytes, start, end, isTrimmed } = hearing;
    if (isTrimmed || inVain >= PATIENCE || end - start < LEAST_HEADER + FCS_SIZE) return;
    hearing.isTrimmed = true;
    if (crc32(bytes, start, end - FCS_SIZE) === u32le(bytes, end - FCS_SIZE)) {
      hearing.end = end - FCS_SIZE;
      inVain = 0;
    } else inVain += 1;
  };
};

const POLYNOMIAL = 0xedb88320;
/** Before what TKIP encrypts: the header of a frame without QoS, and the extended IV. */
const HEADER = 24;
const QOS_SIZE = 2;
const IV = 8;
const ICV = 4;
const QOS = 0x80;
const FLIPPED_AT = 12;

/** The part of a CRC-32 that depends on the octets alone: of two texts of one length it is that of what they differ in. */
const linearPart = (octets: Uint8Array): number => {
  let value = 0;
  for (const octet of octets) {
    value ^= octet;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) === 1 ? POLYNOMIAL : 0);
  }
  return value >>> 0;
};

/**
 * A frame of TKIP with one bit of its data turned over, and its ICV so that nothing shows but by Michael: the cipher adds a stream, and the
 * checksum is linear, so it takes no key.
 */
export const bitFlipped = (frame: Uint8Array): Uint8Array => {
  const begin = HEADER + (((frame[0] ?? 0) & QOS) === 0 ? 0 : QOS_SIZE) + IV;
  const end = frame.length - ICV;
  if (end <= begin + FLIPPED_AT) return frame;
  const difference = new Uint8Array(end - begin);
  difference[FLIPPED_AT] = 1;
  const copy = Uint8Array.from(frame);
  const at = begin + FLIPPED_AT;
  copy[at] = (copy[at] ?? 0) ^ 1;
  const change = linearPart(difference);
  for (let n = 0; n < ICV; n++) copy[end + n] = (copy[end + n] ?? 0) ^ ((change >>> (8 * n)) & 0xff);
  return copy;
};

/** RFC 8878 3.1.1: the first four octets of a frame, as a number. */
export const MAGIC = 0xfd2fb528;

/** What `zstd` itself unpacks without being asked to: the window is memory. */
const LARGEST_WINDOW = 2 ** 27;

export interface ZstdFrameHeader {
  readonly hasChecksum: boolean;
  /** How far back a match may reach. */
  readonly window: number;
}

const isSingleSegment = (descriptor: number): boolean => (descriptor & 0x20) !== 0;
const dictionaryIdSize = (descriptor: number): number => [0, 1, 2, 4][descriptor & 3] ?? 0;
const contentSizeSize = (descriptor: number): number => {
  const flag = descriptor >> 6;
  return flag === 0 ? Number(isSingleSegment(descriptor)) : 2 ** flag;
};

/** How many octets of header follow the frame header descriptor. */
export const frameHeaderSize = (descriptor: number): number =>
  Number(!isSingleSegment(descriptor)) + dictionaryIdSize(descriptor) + contentSizeSize(descriptor);

const littleEndian = (bytes: Uint8Array): number => bytes.reduceRight((value, octet) => value * 256 + octet, 0);

const windowSize = (descriptor: number, rest: Uint8Array): number => {
  if (isSingleSegment(descriptor)) {
    const size = littleEndian(rest.subarray(dictionaryIdSize(descriptor)));
    return contentSizeSize(descriptor) === 2 ? size + 256 : size;
  }
  const octet = rest[0] ?? 0;
  const base = 2 ** (10 + (octet >> 3));
  return base + (base / 8) * (octet & 7);
};

/** Reads the header, and refuses what would take too much memory or cannot be unpacked. */
export const readFrameHeader = (descriptor: number, rest: Uint8Array): ZstdFrameHeader => {
  const size = windowSize(descriptor, rest);
  if (size > LARGEST_WINDOW) throw new Error(`a window of ${size} octets, of at most ${LARGEST_WINDOW}`);
  const idAt = Number(!isSingleSegment(descriptor));
  const dictionary = littleEndian(rest.subarray(idAt, idAt + dictionaryIdSize(descriptor)));
  if (dictionary !== 0) throw new Error(`they need the dictionary ${dictionary}`);
  return { hasChecksum: (descriptor & 4) !== 0, window: size };
};

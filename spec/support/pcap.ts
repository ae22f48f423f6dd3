/** A frame of a capture file, numbered from 1 as every analyser does. */
export interface CapturedFrame {
  readonly number: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** The `LINKTYPE_` number of tcpdump.org, e.g. 105 for 802.11 and 127 for radiotap. */
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

const PCAP_MICROSECONDS = 0xa1b2c3d4;
const PCAP_NANOSECONDS = 0xa1b23c4d;

const SECTION_HEADER = 0x0a0d0d0a;
const SECTION_BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE_DESCRIPTION = 1;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const IF_TSRESOL = 9;

const viewOf = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);

function* pcapFrames(file: Uint8Array, isLittle: boolean): Generator<CapturedFrame> {
  const view = viewOf(file);
  const u32 = (at: number): number => view.getUint32(at, isLittle);
  const resolution = u32(0) === PCAP_NANOSECONDS ? 1e9 : 1e6;
  // The upper half of the link type tells about an FCS.
  const linkType = u32(20) & 0xffff;
  let number = 0;
  for (let at = 24; at + 16 <= file.length; ) {
    const [start, size] = [at + 16, u32(at + 8)];
    // A capture that was cut off ends with a piece of a frame.
    if (start + size > file.length) return;
    number += 1;
    yield { number, time: u32(at) + u32(at + 4) / resolution, linkType, bytes: file.subarray(start, start + size) };
    at = start + size;
  }
}

interface CaptureInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly ticksPerSecond: number;
}

/** A block of pcapng: its type, and a view from its type to its end. */
interface Block {
  readonly type: number;
  readonly view: DataView;
  readonly isLittle: boolean;
}

function* blocksOf(file: Uint8Array): Generator<Block> {
  const view = viewOf(file);
  let isLittle = true;
  for (let at = 0; at + 12 <= file.length; ) {
    const isSection = view.getUint32(at) === SECTION_HEADER;
    if (isSection) isLittle = view.getUint32(at + 8, true) === SECTION_BYTE_ORDER;
    const size = view.getUint32(at + 4, isLittle);
    if (size < 12 || at + size > file.length) return;
    const type = view.getUint32(at, isLittle);
    yield { type, view: new DataView(file.buffer, file.byteOffset + at, size), isLittle };
    at += size;
  }
}

/** `if_tsresol`: a power of ten, or of two if the top bit is set; microseconds without it. */
const ticksOf = ({ view, isLittle }: Block): number => {
  for (let at = 16; at + 4 <= view.byteLength - 4; ) {
    const [code, size] = [view.getUint16(at, isLittle), view.getUint16(at + 2, isLittle)];
    if (code === 0) break;
    const value = view.getUint8(at + 4);
    if (code === IF_TSRESOL) return value < 0x80 ? 10 ** value : 2 ** (value & 0x7f);
    at += 4 + Math.ceil(size / 4) * 4;
  }
  return 1e6;
};

const bytesOf = ({ view }: Block, at: number, size: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + at, Math.min(size, view.byteLength - at - 4));

function* pcapngFrames(file: Uint8Array): Generator<CapturedFrame> {
  let interfaces: CaptureInterface[] = [];
  let number = 0;
  for (const block of blocksOf(file)) {
    const { view, isLittle } = block;
    const u32 = (at: number): number => view.getUint32(at, isLittle);
    if (block.type === SECTION_HEADER) interfaces = [];
    if (block.type === INTERFACE_DESCRIPTION) {
      const linkType = view.getUint16(8, isLittle);
      interfaces.push({ linkType, snapLength: u32(12) || 0xffffffff, ticksPerSecond: ticksOf(block) });
    }
    const source = interfaces[block.type === ENHANCED_PACKET ? u32(8) : 0];
    if (source === undefined) continue;
    const { linkType, snapLength, ticksPerSecond } = source;
    if (block.type === ENHANCED_PACKET) {
      const time = (u32(12) * 2 ** 32 + u32(16)) / ticksPerSecond;
      number += 1;
      yield { number, time, linkType, bytes: bytesOf(block, 28, u32(20)) };
    }
    if (block.type === SIMPLE_PACKET) {
      number += 1;
      yield { number, time: 0, linkType, bytes: bytesOf(block, 12, Math.min(snapLength, u32(8))) };
    }
  }
}

/** The frames of a pcap or pcapng file of either byte order. What is neither has none. */
export const readCapture = (file: Uint8Array): Iterable<CapturedFrame> => {
  if (file.length < 24) return [];
  const view = viewOf(file);
  if (view.getUint32(0) === SECTION_HEADER) return pcapngFrames(file);
  const isPcap = (isLittle: boolean): boolean => {
    const magic = view.getUint32(0, isLittle);
    return magic === PCAP_MICROSECONDS || magic === PCAP_NANOSECONDS;
  };
  return isPcap(true) || isPcap(false) ? pcapFrames(file, isPcap(true)) : [];
};

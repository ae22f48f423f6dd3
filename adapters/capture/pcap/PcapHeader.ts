import type { ByteWindow } from '../ByteWindow.js';

/** The file header of the classic format. */
export interface PcapHeader {
  readonly isLittle: boolean;
  /** What of a record is before its frame: time, lengths, and more in a variant. */
  readonly recordHeaderSize: number;
  /** The fraction's unit: 1 for microseconds, 1000 for nanoseconds. */
  readonly fractionsPerMicrosecond: number;
  readonly linkType: number;
  readonly snapLength: number;
  /** How many octets of frame check sequence a frame ends with, as far as the header says. */
  readonly fcsLength: number;
}

interface Variant {
  readonly recordHeaderSize: number;
  readonly fractionsPerMicrosecond: number;
  readonly headerSize: number;
}

const MICROSECONDS: Variant = { recordHeaderSize: 16, fractionsPerMicrosecond: 1, headerSize: 24 };
/** Its field more is the size of all records. */
const IXIA: Variant = { ...MICROSECONDS, headerSize: 28 };

const VARIANTS: ReadonlyMap<number, Variant> = new Map([
  [0xa1b2c3d4, MICROSECONDS],
  [0xa1b23c4d, { ...MICROSECONDS, fractionsPerMicrosecond: 1000 }],
  // Alexey Kuznetsov's libpcap: interface, protocol and packet type after the lengths.
  [0xa1b2cd34, { ...MICROSECONDS, recordHeaderSize: 24 }],
  [0x1c0001ac, IXIA],
  [0x1c0001ab, IXIA],
]);

const FCS_LENGTH_PRESENT = 0x0400_0000;

/** Whether the window begins as a file of this format does. */
export const isPcap = ({ view, at, rest }: ByteWindow): boolean =>
  rest >= 4 && (VARIANTS.has(view.getUint32(at, true)) || VARIANTS.has(view.getUint32(at, false)));

/** Takes the file header, if it is all there and of the one major version there is. */
export const takePcapHeader = (window: ByteWindow): PcapHeader | string => {
  const { view, at } = window;
  const isLittle = VARIANTS.has(view.getUint32(at, true));
  const { headerSize, ...variant } = VARIANTS.get(view.getUint32(at, isLittle)) ?? MICROSECONDS;
  if (window.rest < headerSize) return `its pcap header is cut short: ${window.rest} of ${headerSize} octets are there`;
  const [major, minor] = [view.getUint16(at + 4, isLittle), view.getUint16(at + 6, isLittle)];
  if (major !== 2) return `it is pcap of version ${major}.${minor}; only 2.x is read`;
  const network = view.getUint32(at + 20, isLittle);
  window.at += headerSize;
  return {
    ...variant,
    isLittle,
    linkType: network & 0xffff,
    snapLength: view.getUint32(at + 16, isLittle),
    fcsLength: (network & FCS_LENGTH_PRESENT) === 0 ? 0 : (network >>> 28) * 2,
  };
};

import { type MacAddress, macFromBytes } from '../../streams/events/index.js';
import { type CapturedFrame, readCapture } from './pcap.js';

/** An 802.11 frame as it was on the air, without what the capture put around it. */
export interface AirFrame {
  readonly number: number;
  readonly time: number;
  /** 0 management, 1 control, 2 data. */
  readonly type: number;
  readonly subtype: number;
  /** The second octet of Frame Control: 1 To DS, 2 From DS, 8 retry, 0x40 protected. */
  readonly flags: number;
  readonly address1: MacAddress;
  readonly address2: MacAddress;
  readonly address3: MacAddress;
  /** The MAC header itself, which the protection of a frame authenticates. */
  readonly header: Uint8Array;
  /** What follows the MAC header, without FCS if the capture says that there is one. */
  readonly body: Uint8Array;
}

export const TO_DS = 0x01;
export const FROM_DS = 0x02;
export const RETRY = 0x08;
export const PROTECTED = 0x40;
const HT_CONTROL = 0x80;

export const MANAGEMENT = 0;
export const DATA = 2;
const QOS = 8;
const NO_DATA = 4;

const LinkType = { ETHERNET: 1, IEEE802_11: 105, PRISM: 119, RADIOTAP: 127, AVS: 163, PPI: 192 } as const;

/** What a capture says of the frame inside: where it begins and ends, and whether its header is padded to four octets. */
interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly isPadded: boolean;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The Flags field stands after the TSFT, the first two that a header may have; words of presence go on while bit 31 is set. */
const radiotapBounds = (bytes: Uint8Array): Bounds => {
  const view = viewOf(bytes);
  const start = view.getUint16(2, true);
  const present = view.getUint32(4, true);
  let at = 8;
  while (at + 4 <= start && view.getUint32(at - 4, true) >>> 31 === 1) at += 4;
  if ((present & 1) !== 0) at = Math.ceil(at / 8) * 8 + 8;
  const flags = (present & 2) === 0 || at >= start ? 0 : view.getUint8(at);
  return { start, end: bytes.length - ((flags & 0x10) === 0 ? 0 : 4), isPadded: (flags & 0x20) !== 0 };
};

const AVS_MAGIC = 0x80211000;

/** Prism writes its length in the order of the machine, and drivers put AVS headers under its link type. */
const prismStart = (bytes: Uint8Array): number => {
  const view = viewOf(bytes);
  const isAvs = (view.getUint32(0) & 0xfffff000) >>> 0 === AVS_MAGIC;
  const little = view.getUint32(4, true);
  return isAvs || little > bytes.length ? view.getUint32(4) : little;
};

const boundsOf = ({ linkType, bytes }: CapturedFrame): Bounds | undefined => {
  const from = (start: number): Bounds => ({ start, end: bytes.length, isPadded: false });
  if (linkType === LinkType.IEEE802_11) return from(0);
  if (bytes.length < 8) return undefined;
  if (linkType === LinkType.RADIOTAP) return radiotapBounds(bytes);
  if (linkType === LinkType.PRISM || linkType === LinkType.AVS) return from(prismStart(bytes));
  return linkType === LinkType.PPI ? from(viewOf(bytes).getUint16(2, true)) : undefined;
};

/** Octets of the MAC header (IEEE 802.11-2020 9.2.3) of a management or data frame. */
const headerSize = (type: number, subtype: number, flags: number): number => {
  const hasFour = type === DATA && (flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS);
  const isQos = type === DATA && (subtype & QOS) !== 0;
  const hasHtControl = (flags & HT_CONTROL) !== 0 && (isQos || type === MANAGEMENT);
  return 24 + (hasFour ? 6 : 0) + (isQos ? 2 : 0) + (hasHtControl ? 4 : 0);
};

/** The management or data frame that was captured, if it is one and whole up to its body. */
export const airFrameOf = (captured: CapturedFrame): AirFrame | undefined => {
  const bounds = boundsOf(captured);
  if (bounds === undefined || bounds.start + 24 > bounds.end) return undefined;
  const bytes = captured.bytes.subarray(bounds.start, bounds.end);
  const [control = 0, flags = 0] = bytes;
  const [type, subtype] = [(control >> 2) & 3, control >> 4];
  if ((control & 3) !== 0 || (type !== MANAGEMENT && type !== DATA)) return undefined;
  const size = headerSize(type, subtype, flags);
  const [address1, address2, address3] = [macFromBytes(bytes, 4), macFromBytes(bytes, 10), macFromBytes(bytes, 16)];
  const [header, body] = [bytes.subarray(0, size), bytes.subarray(bounds.isPadded ? Math.ceil(size / 4) * 4 : size)];
  const { number, time } = captured;
  return { number, time, type, subtype, flags, address1, address2, address3, header, body };
};

/** The management and data frames of a capture file. */
export const airFrames = (file: Uint8Array): ReadonlyArray<AirFrame> =>
  [...readCapture(file)].flatMap((captured) => airFrameOf(captured) ?? []);

const startsWith = (bytes: Uint8Array, prefix: ReadonlyArray<number>): boolean => prefix.every((octet, i) => bytes[i] === octet);

/** A data frame that carries data. */
export const hasData = ({ type, subtype }: AirFrame): boolean => type === DATA && (subtype & NO_DATA) === 0;

/** The EAPOL packet in the body of a data frame (LLC/SNAP, RFC 1042). */
export const eapolIn = (body: Uint8Array): Uint8Array | undefined =>
  startsWith(body, [0xaa, 0xaa, 3, 0, 0, 0, 0x88, 0x8e]) ? body.subarray(8) : undefined;

/** The EAPOL packet in an unprotected data frame. */
export const eapolOf = (frame: AirFrame): Uint8Array | undefined =>
  hasData(frame) && (frame.flags & PROTECTED) === 0 ? eapolIn(frame.body) : undefined;

/** The EAPOL packet in an Ethernet frame. */
export const wiredEapolOf = ({ linkType, bytes }: CapturedFrame): Uint8Array | undefined =>
  linkType === LinkType.ETHERNET && startsWith(bytes.subarray(12), [0x88, 0x8e]) ? bytes.subarray(14) : undefined;

import { openCapture } from '../../adapters/capture/index.js';
import { type ByteSource, bytesOf } from '../../adapters/event-log/index.js';

/** Writes numbers of either byte order one after the other. */
const numbers = (
  isLittle: boolean,
  ...values: ReadonlyArray<readonly [size: 1 | 2 | 4 | 8, value: number | bigint]>
): Uint8Array => {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 1) view.setUint8(at, Number(value));
    if (size === 2) view.setUint16(at, Number(value), isLittle);
    if (size === 4) view.setUint32(at, Number(value), isLittle);
    if (size === 8) view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), isLittle);
    at += size;
  }
  return bytes;
};

export const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** Octets of a frame that tell which it is. */
export const frameBytes = (size: number, seed = 0): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + seed * 31 + 1) & 0xff);

export interface PcapOptions {
  readonly isLittle?: boolean;
  readonly magic?: number;
  readonly network?: number;
  readonly snapLength?: number;
  readonly major?: number;
}

export interface PcapRecord {
  readonly seconds: number;
  readonly fraction?: number;
  readonly bytes: Uint8Array;
  /** What the header says instead. */
  readonly captured?: number;
  readonly length?: number;
  /** Octets of header more than the usual sixteen. */
  readonly more?: Uint8Array;
}

export const pcapHeader = ({
  isLittle = true,
  magic = 0xa1b2c3d4,
  network = 105,
  snapLength = 65535,
  major = 2,
}: PcapOptions = {}) => numbers(isLittle, [4, magic], [2, major], [2, 4], [4, 0], [4, 0], [4, snapLength], [4, network]);

export const pcapRecord = (record: PcapRecord, isLittle = true): Uint8Array => {
  const { seconds, fraction = 0, bytes, captured = bytes.length, length = captured, more = new Uint8Array(0) } = record;
  return joined(numbers(isLittle, [4, seconds], [4, fraction], [4, captured], [4, length]), more, bytes);
};

export const pcapFile = (records: ReadonlyArray<PcapRecord>, options: PcapOptions = {}): Uint8Array =>
  joined(pcapHeader(options), ...records.map((record) => pcapRecord(record, options.isLittle)));

const padding = (size: number): Uint8Array => new Uint8Array((4 - (size % 4)) % 4);

export type OptionBytes = readonly [code: number, value: Uint8Array];

/** Builds blocks of pcapng in one byte order. */
export const blocksIn = (isLittle: boolean) => {
  const n = (...values: Parameters<typeof numbers> extends [boolean, ...infer Rest] ? Rest : never) =>
    numbers(isLittle, ...values);
  const option = (code: number, value: Uint8Array): Uint8Array =>
    joined(n([2, code], [2, value.length]), value, padding(value.length));
  const options = (list: ReadonlyArray<OptionBytes>): Uint8Array =>
    list.length === 0 ? new Uint8Array(0) : joined(...list.map(([code, value]) => option(code, value)), n([4, 0]));
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const padded = joined(body, padding(body.length));
    const size = 12 + padded.length;
    return joined(n([4, type], [4, size]), padded, n([4, size]));
  };
  const padded = (bytes: Uint8Array): Uint8Array => joined(bytes, padding(bytes.length));
  return {
    n,
    block,
    section: (list: ReadonlyArray<OptionBytes> = [], length: number | bigint = -1n, major = 1) =>
      block(0x0a0d0d0a, joined(n([4, 0x1a2b3c4d], [2, major], [2, 0], [8, length]), options(list))),
    interface: (linkType = 105, list: ReadonlyArray<OptionBytes> = [], snapLength = 0) =>
      block(1, joined(n([2, linkType], [2, 0], [4, snapLength]), options(list))),
    packet: (
      ticks: number | bigint,
      bytes: Uint8Array,
      more: { id?: number; length?: number; list?: ReadonlyArray<OptionBytes> } = {},
    ) => {
      const { id = 0, length = bytes.length, list = [] } = more;
      const time = BigInt(ticks);
      const head = n([4, id], [4, time >> 32n], [4, time & 0xffffffffn], [4, bytes.length], [4, length]);
      return block(6, joined(head, padded(bytes), options(list)));
    },
    oldPacket: (ticks: number | bigint, bytes: Uint8Array, drops = 0xffff, id = 0) => {
      const time = BigInt(ticks);
      const head = n([2, id], [2, drops], [4, time >> 32n], [4, time & 0xffffffffn], [4, bytes.length], [4, bytes.length]);
      return block(2, joined(head, padded(bytes)));
    },
    simplePacket: (bytes: Uint8Array, length = bytes.length) => block(3, joined(n([4, length]), bytes)),
    statistics: (list: ReadonlyArray<OptionBytes>, id = 0) => block(5, joined(n([4, id], [4, 0], [4, 0]), options(list))),
    secrets: (type: number, data: Uint8Array) => block(10, joined(n([4, type], [4, data.length]), padded(data))),
    custom: (data: Uint8Array, isCopied = true) => block(isCopied ? 0xbad : 0x40000bad, joined(n([4, 32473]), data)),
    u64: (value: number | bigint) => n([8, value]),
  };
};

/** One frame of what a capture was read to, by itself. */
export interface ReadFrame {
  readonly number: number;
  readonly time: number;
  readonly linkType: number;
  readonly hex: string;
}

export interface ReadResult {
  readonly format: string;
  readonly compression: string | undefined;
  readonly frames: ReadonlyArray<ReadFrame>;
  /** Before which frame how many were lost. */
  readonly lost: ReadonlyArray<readonly [before: number, frames: number]>;
  readonly damages: ReadonlyArray<{ readonly offset: number; readonly message: string }>;
  readonly damageCount: number;
  readonly secrets: ReadonlyArray<{ readonly type: number; readonly hex: string }>;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Reads a whole capture, keeping everything. */
export const readAll = (source: Uint8Array | ByteSource, chunkSize?: number): ReadResult => {
  const opened = openCapture(
    source instanceof Uint8Array ? bytesOf(source) : source,
    chunkSize === undefined ? {} : { chunkSize },
  );
  if (opened._tag === 'Left') throw new Error(opened.left.message);
  const capture = opened.right;
  const frames: ReadFrame[] = [];
  const lost: Array<readonly [number, number]> = [];
  for (const batch of capture.batches()) {
    if (batch.lost > 0) lost.push([batch.first, batch.lost]);
    for (let i = 0; i < batch.count; i++) {
      const hex = hexOf(batch.bytes.subarray(batch.starts[i], batch.ends[i]));
      frames.push({ number: batch.first + i, time: batch.times[i] ?? 0, linkType: batch.linkTypes[i] ?? 0, hex });
    }
  }
  const { format, compression, damages, damageCount } = capture;
  const secrets = capture.secrets.map(({ type, data }) => ({ type, hex: hexOf(data.reveal()) }));
  return { format, compression, frames, lost, damages, damageCount, secrets };
};

/** What is wrong with something that is no capture. */
export const faultIn = (bytes: Uint8Array): string => {
  const opened = openCapture(bytesOf(bytes));
  if (opened._tag === 'Right') throw new Error(`it was opened as ${opened.right.format}`);
  return `${opened.left.kind}: ${opened.left.message}`;
};

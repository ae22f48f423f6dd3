import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { ByteSource } from '../event-log/ByteSource.js';
import { ByteWindow } from './ByteWindow.js';
import type { Capture, CaptureFault } from './Capture.js';
import { gunzipTo } from './compression/gunzip.js';
import { unpacking } from './compression/unpacking.js';
import { unzstdTo } from './compression/zstd/unzstd.js';
import { faultOf } from './faultOf.js';
import { isPcap, type PcapHeader, takePcapHeader } from './pcap/PcapHeader.js';
import { BlockCursor } from './pcapng/BlockCursor.js';
import { BlockType } from './pcapng/blockTypes.js';

/** How large a record may grow the window is bounded elsewhere; this is how much is read at a time. */
export const CHUNK_SIZE = 2 ** 20;

/** A capture, as far as its beginning tells: the window is at its first record or block. */
export type Recognised = (
  | { readonly format: 'pcap'; readonly window: ByteWindow; readonly header: PcapHeader }
  | { readonly format: 'pcapng'; readonly window: ByteWindow; readonly blocks: BlockCursor }
) &
  Pick<Capture, 'compression'>;

const LONGEST_HEADER = 28;

/** Reads as much as it takes to tell what a source is. */
const beginningOf = (source: ByteSource, chunkSize: number): ByteWindow => {
  const window = new ByteWindow(source, chunkSize);
  while (window.rest < LONGEST_HEADER && window.fill());
  return window;
};

/** The window's bytes and what comes after them, as a source again. */
const restOf = (window: ByteWindow, source: ByteSource): ByteSource => ({
  read: (into) => {
    const held = window.bytes.subarray(window.at, Math.min(window.at + into.length, window.end));
    window.at += held.length;
    into.set(held);
    return held.length > 0 ? held.length : source.read(into);
  },
  close: () => source.close(),
});

const UNPACKERS = { gzip: gunzipTo, zstd: unzstdTo };

const compressionOf = ({ view, at, rest }: ByteWindow): Capture['compression'] => {
  if (rest >= 2 && view.getUint16(at) === 0x1f8b) return 'gzip';
  if (rest < 4) return undefined;
  const first = view.getUint32(at, true);
  // A skippable frame may come before all others (RFC 8878 3.1.2).
  return first === 0xfd2fb528 || first >>> 4 === 0x184d2a5 ? 'zstd' : undefined;
};

const formatOf = (window: ByteWindow): Either<CaptureFault, Recognised> => {
  if (window.rest >= 4 && window.view.getUint32(window.at) === BlockType.sectionHeader) {
    const blocks = new BlockCursor(window);
    while (blocks.look() === 'more' && window.fill());
    if (blocks.look() === 'block') return right({ format: 'pcapng', window, blocks });
    return left({ kind: 'unsupported', message: `it begins like pcapng, but ${blocks.problem || blocks.endProblem}` });
  }
  if (!isPcap(window)) return left(faultOf(window));
  const header = takePcapHeader(window);
  return typeof header === 'string' ? left({ kind: 'unsupported', message: header }) : right({ format: 'pcap', window, header });
};

/** Tells what a source is by how it begins, under its compression if it has one. A source that is no capture is closed. */
export const recognise = (source: ByteSource, chunkSize: number): Either<CaptureFault, Recognised> => {
  const plain = beginningOf(source, chunkSize);
  const compression = compressionOf(plain);
  const window =
    compression === undefined ? plain : beginningOf(unpacking(restOf(plain, source), UNPACKERS[compression]), chunkSize);
  const found = formatOf(window);
  if (found._tag === 'Left') {
    window.close();
    return found;
  }
  return compression === undefined ? found : right({ ...found.right, compression });
};

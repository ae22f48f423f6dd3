import { openCapture } from '../../../adapters/capture/index.js';
import { openBytes } from '../../../adapters/event-log/ByteSource.js';
import type { Captured } from './packetNumbers.js';

const RADIOTAP = 127;
const LENGTH_AT = 2;

/** The frames of a capture of the lab, which have radiotap in front and no FCS behind. */
export function* capturedFrames(path: string): Generator<Captured, void, void> {
  const source = openBytes(path);
  if (source._tag === 'Left') throw new Error(source.left);
  const capture = openCapture(source.right);
  if (capture._tag === 'Left') throw new Error(`${path} is no capture`);
  for (const { bytes, count, first, starts, ends, linkTypes } of capture.right.batches())
    for (let i = 0; i < count; i++) {
      const [start = 0, end = 0] = [starts[i], ends[i]];
      if (linkTypes[i] !== RADIOTAP) throw new Error(`${path} holds frames without radiotap`);
      const header = (bytes[start + LENGTH_AT] ?? 0) | ((bytes[start + LENGTH_AT + 1] ?? 0) << 8);
      yield { frame: first + i, bytes: Uint8Array.from(bytes.subarray(start + header, end)) };
    }
}

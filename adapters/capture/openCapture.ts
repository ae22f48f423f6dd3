import { type Either, map } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { RecordBatch } from '../../streams/air/index.js';
import type { ByteSource } from '../event-log/ByteSource.js';
import type { Capture, CaptureFault, DecryptionSecrets } from './Capture.js';
import { Damages } from './Damages.js';
import { pcapBatches } from './pcap/pcapBatches.js';
import { FrameScan } from './pcapng/FrameScan.js';
import { pcapngBatches } from './pcapng/pcapngBatches.js';
import { CHUNK_SIZE, type Recognised, recognise } from './recognise.js';

export interface OpenCaptureOptions {
  /** How many octets are read at a time. */
  readonly chunkSize?: number;
}

/** A source that counts what is read of it. */
const counting = (source: ByteSource) => {
  let offset = 0;
  return {
    read: (into: Uint8Array): number => {
      const size = source.read(into);
      offset += size;
      return size;
    },
    close: () => source.close(),
    offset: (): number => offset,
  };
};

interface Frames {
  readonly batches: Iterable<RecordBatch>;
  readonly secrets: ReadonlyArray<DecryptionSecrets>;
}

const framesOf = (found: Recognised, damages: Damages): Frames => {
  if (found.format === 'pcap') return { batches: pcapBatches(found.window, found.header, damages), secrets: [] };
  const scan = new FrameScan(found.blocks, damages);
  return { batches: pcapngBatches(found.blocks, scan, damages), secrets: scan.section.secrets };
};

/**
 * Opens a capture: pcap of either byte order and any variant, or pcapng, plain or compressed by gzip or zstd; its content tells which.
 * It is read in constant memory, a chunk at a time, and no frame costs more than finding its bounds. What is no capture comes
 * back as a sentence that says what it is; where a capture is damaged, what can be read is read.
 *
 * @example
 * const source = openBytes('air.pcapng.gz');
 * if (source._tag === 'Right') {
 *   const capture = openCapture(source.right);
 *   if (capture._tag === 'Right') for (const { first, count } of capture.right.batches()) console.log(first, count);
 * }
 *
 * @since 0.2.0
 */
export const openCapture = (
  source: ByteSource,
  { chunkSize = CHUNK_SIZE }: OpenCaptureOptions = {},
): Either<CaptureFault, Capture> => {
  const counted = counting(source);
  return pipe(
    recognise(counted, chunkSize),
    map((found) => {
      const damages = new Damages();
      const { batches, secrets } = framesOf(found, damages);
      function* closing(): Generator<RecordBatch> {
        try {
          yield* batches;
        } finally {
          found.window.close();
        }
      }
      return {
        format: found.format,
        ...(found.compression === undefined ? {} : { compression: found.compression }),
        batches: closing,
        secrets,
        get damages() {
          return damages.first;
        },
        get damageCount() {
          return damages.count;
        },
        get offset() {
          return counted.offset();
        },
        close: () => found.window.close(),
      };
    }),
  );
};

import { type Either, map } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { ByteSource } from '../../event-log/ByteSource.js';
import type { CaptureFault, Damage } from '../Capture.js';
import { Damages } from '../Damages.js';
import { CHUNK_SIZE, recognise } from '../recognise.js';
import type { AnnotateOptions } from './AnnotateOptions.js';
import { annotatePcap } from './annotatePcap.js';
import { annotatePcapng } from './annotatePcapng.js';
import { BlockWriter, type ByteSink } from './BlockWriter.js';

export interface Annotated {
  readonly frames: number;
  /** Octets that could not be copied. */
  readonly damages: ReadonlyArray<Damage>;
  readonly damageCount: number;
}

/**
 * Copies a capture of any format as pcapng in one pass, with comments on its frames, so that an analyser shows what was found where
 * it was found. Of pcapng all blocks stay as they are, whatever they hold. What the sink throws goes through.
 *
 * Secrets are written as decryption secrets blocks. No type of them is for 802.11: see `wiresharkKeys`.
 *
 * @example
 * const source = openBytes('air.pcap');
 * if (source._tag === 'Right') {
 *   const pieces: Uint8Array[] = [];
 *   writeAnnotated(source.right, (bytes) => pieces.push(bytes.slice()), {
 *     application: 'postassoc 0.2.0',
 *     commentsOf: (frame) => (frame === 7 ? ['the passphrase is wrong'] : undefined),
 *   });
 * }
 *
 * @since 0.2.0
 */
export const writeAnnotated = (source: ByteSource, sink: ByteSink, options: AnnotateOptions): Either<CaptureFault, Annotated> =>
  pipe(
    recognise(source, CHUNK_SIZE),
    map((found) => {
      const damages = new Damages();
      const writer = new BlockWriter(sink);
      try {
        const frames =
          found.format === 'pcap'
            ? annotatePcap(found.window, found.header, writer, damages, options)
            : annotatePcapng(found.blocks, writer, damages, options);
        writer.flush();
        return { frames, damages: damages.first, damageCount: damages.count };
      } finally {
        found.window.close();
      }
    }),
  );

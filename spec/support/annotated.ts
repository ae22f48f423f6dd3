import { type Annotated, type AnnotateOptions, writeAnnotated } from '../../adapters/capture/index.js';
import { bytesOf } from '../../adapters/event-log/index.js';
import { joined } from './captureBytes.js';

export interface AnnotatedFile extends Annotated {
  readonly file: Uint8Array;
}

/** Annotates a capture that is in memory. */
export const annotated = (capture: Uint8Array, options: Partial<AnnotateOptions> = {}): AnnotatedFile => {
  const pieces: Uint8Array[] = [];
  const written = writeAnnotated(bytesOf(capture), (bytes) => pieces.push(bytes.slice()), {
    application: 'postassoc 9.9.9',
    commentsOf: () => undefined,
    ...options,
  });
  if (written._tag === 'Left') throw new Error(written.left.message);
  return { ...written.right, file: joined(...pieces) };
};

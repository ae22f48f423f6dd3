import type { DecryptionSecrets } from '../Capture.js';

/** What is added to a capture. */
export interface AnnotateOptions {
  /** Who writes, for `shb_userappl`: e.g. `postassoc 0.2.0`. A section that names its application keeps it. */
  readonly application: string;
  /** The comment of the first section. */
  readonly comment?: string;
  readonly hardware?: string;
  readonly operatingSystem?: string;
  /** Written as decryption secrets blocks before all frames. */
  readonly secrets?: ReadonlyArray<DecryptionSecrets>;
  /** What is to be said of a frame. Asked for every frame once, in order. */
  commentsOf(frame: number): ReadonlyArray<string> | undefined;
}

import type { Stage } from './Stage.js';

/** Something that has to happen between a station and an access point; whatever does not is thrown. Answers with what is worth knowing. */
export interface Scenario {
  readonly name: string;
  /** One of those that are tried with every change; the others where they are asked for. */
  readonly isCore: boolean;
  /** Why the capture of the air may tell of other connections than the station. */
  readonly airDiffers?: string;
  /** Nothing else can be tried in its guest afterwards. */
  readonly spoilsGuest?: boolean;
  readonly run: (stage: Stage) => Promise<string>;
}

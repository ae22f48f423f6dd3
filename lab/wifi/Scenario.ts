import type { Stage } from './Stage.js';

/** Something that has to happen between a station and an access point; whatever does not is thrown. Answers with what is worth knowing. */
export interface Scenario {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<string>;
}

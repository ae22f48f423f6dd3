import type { Mark, Speaker } from '../../../../streams/air/index.js';

/** One thing that one of the two said, as often as it was sent. */
export interface Saying {
  readonly from: Speaker;
  readonly frames: ReadonlyArray<Pick<Mark, 'frame'>>;
  /** What followed shows that it arrived. */
  readonly isAnswered: boolean;
}

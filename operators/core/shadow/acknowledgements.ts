import type { Acknowledgement } from '../../../streams/air/index.js';
import { type Attempt, keep } from './Attempt.js';
import type { Scene } from './Scene.js';

/** A request or response that was said anew counts as the first that said it. */
const saidFirst = ({ association, requestAgain, responseAgain }: Attempt, frame: number): number => {
  if (frame === requestAgain) return association?.request?.frame ?? frame;
  if (frame === responseAgain) return association?.response?.frame ?? frame;
  return frame;
};

/** Notes which frame was acknowledged, of whatever connection it may be. */
export const takeAcknowledgement = ({ register }: Scene, { station, ap, of, isCertain }: Acknowledgement): void => {
  for (const attempt of register.attemptsOf(station)) {
    if (attempt.ap !== ap || of < attempt.began.frame || of > attempt.last.frame) continue;
    const frame = saidFirst(attempt, of);
    if (isCertain) attempt.acknowledged = keep(attempt.acknowledged, frame);
    else attempt.doubtful = keep(attempt.doubtful, frame);
  }
};

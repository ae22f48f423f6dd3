import type { Acknowledgement } from '../../../streams/air/index.js';
import { type Attempt, keep } from './Attempt.js';
import type { Scene } from './Scene.js';

const NONE: NonNullable<Attempt['acknowledgements']> = { expected: [], heard: [], doubtful: [] };

/** A request or response that was said anew counts as the first that said it. */
const saidFirst = ({ association, requestAgain, responseAgain }: Attempt, frame: number): number => {
  if (frame === requestAgain) return association?.request?.frame ?? frame;
  if (frame === responseAgain) return association?.response?.frame ?? frame;
  return frame;
};

/** Notes what is known of the acknowledgement of a frame, of whatever connection it may be. */
export const takeAcknowledgement = ({ register }: Scene, { station, ap, of, sign }: Acknowledgement): void => {
  for (const attempt of register.attemptsOf(station)) {
    if (attempt.ap !== ap || of < attempt.began.frame || of > attempt.last.frame) continue;
    const frame = saidFirst(attempt, of);
    const { acknowledgements } = attempt;
    attempt.acknowledgements = { ...(acknowledgements ?? NONE), [sign]: keep((acknowledgements ?? NONE)[sign], frame) };
  }
};

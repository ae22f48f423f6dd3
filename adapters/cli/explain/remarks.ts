import type { Explanation } from '../../../operators/core/index.js';

/** A finding of a thousand retransmissions is said where it begins. */
const MOST_FRAMES = 16;

/** What is to be written beside which frame of a capture. */
export interface Remarks {
  readonly add: (explanation: Explanation) => void;
  readonly of: (frame: number) => ReadonlyArray<string> | undefined;
}

export const remarks = (): Remarks => {
  const said = new Map<number, string[]>();
  const say = (frame: number, text: string): void => {
    const already = said.get(frame);
    if (already === undefined) said.set(frame, [text]);
    else already.push(text);
  };
  return {
    add: ({ findings, verdict, ended }) => {
      for (const { severity, text, frames } of findings)
        for (const frame of frames.slice(0, MOST_FRAMES)) say(frame, `postassoc: ${severity}: ${text}`);
      say(ended.frame, `postassoc: ${verdict}`);
    },
    of: (frame) => said.get(frame),
  };
};

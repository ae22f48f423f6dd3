import type { Io } from '../Io.js';

/** Says on a terminal how far many authentications have come; anywhere else, nothing. */
export interface AttemptProgress {
  at(done: number, good: number): void;
  clear(): void;
}

const EVERY_MS = 100;
const ERASE_LINE = '\r\u001b[K';

export const attemptProgress = (
  { err, isErrTerminal, now }: Pick<Io, 'err' | 'isErrTerminal' | 'now'>,
  all: number,
): AttemptProgress => {
  if (!isErrTerminal || all === 1) return { at: () => undefined, clear: () => undefined };
  const began = now();
  let shown = began;
  return {
    at: (done, good) => {
      const at = now();
      if (at - shown < EVERY_MS) return;
      shown = at;
      const rate = (done * 1000) / Math.max(1, at - began);
      err(`${ERASE_LINE}${done} of ${all}, ${good} authenticated, ${rate.toFixed(1)} a second`);
    },
    clear: () => err(shown === began ? '' : ERASE_LINE),
  };
};

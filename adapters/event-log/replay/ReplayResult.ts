import type { BrokenLine } from '../BrokenLines.js';
import type { Difference } from './Difference.js';
import type { Ignored, RedactedSecret } from './LogCursor.js';
import type { LogHost } from './LogHost.js';

/** How an engine compares with a log. */
export interface ReplayResult {
  /** Every effect was the recorded one, and none was missing. */
  readonly same: boolean;
  readonly inputs: number;
  readonly effects: number;
  readonly difference?: Difference;
  /** The log does not tell a secret: it cannot be replayed from there on. Record it with `secrets: 'reveal'`. */
  readonly redacted?: RedactedSecret;
  readonly ignored: Readonly<Ignored>;
  /** Lines that could not be read. The rest was replayed. */
  readonly broken: { readonly count: number; readonly first: ReadonlyArray<BrokenLine> };
}

export const resultOf = ({ cursor, difference, inputs, effects }: LogHost): ReplayResult => {
  const { broken, ignored, redacted } = cursor;
  return {
    same: difference === undefined && redacted === undefined,
    inputs,
    effects,
    ...(difference && { difference }),
    ...(redacted && { redacted }),
    ignored,
    broken: { count: broken.count, first: broken.first },
  };
};

import type { BrokenLine } from '../BrokenLines.js';
import type { Log } from '../readLog.js';
import type { Difference } from './Difference.js';
import type { Ignored, RedactedSecret } from './LogCursor.js';
import { LogHost, type LogHostOptions } from './LogHost.js';

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

export type ReplayOptions = LogHostOptions;

const resultOf = ({ cursor, difference, inputs, effects }: LogHost): ReplayResult => {
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

/**
 * Runs an engine over the inputs of a log, on the log's time, and compares what it does with what was recorded. It stops at
 * the first difference. Everything is compared but remarks (`diagnostic`): their wording may change.
 *
 * @example
 * const source = openBytes('run.ndjson');
 * if (source._tag === 'Right') {
 *   const { same, difference } = replay(readLog(source.right), { methods: [open] });
 *   console.log(same ? 'the same' : `different at line ${difference?.line?.n}`);
 * }
 *
 * @since 0.1.0
 */
export const replay = (log: Log, options: ReplayOptions): ReplayResult => {
  const host = new LogHost(log, options);
  while (host.due !== undefined) host.step();
  host.cursor.close();
  return resultOf(host);
};

export interface PacedOptions extends ReplayOptions {
  /** Ends the replay early; what it comes to until then is the result. */
  readonly signal?: AbortSignal;
}

/** Real time, or what stands for it. */
export interface Pacing {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

const LONGEST_WAIT_MS = 0x7fffffff;

const realTime: Pacing = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST_WAIT_MS))),
};

/**
 * Replays a log as fast as it was recorded, or `speed` times as fast. The waiting is done outside the engine, which runs on
 * the log's time all the same.
 *
 * @example
 * await replayPaced(log, 10, { methods, watch: ({ n }) => console.log(n) });
 *
 * @since 0.1.0
 */
export const replayPaced = async (
  log: Log,
  speed: number,
  { signal, ...options }: PacedOptions,
  { now, wait }: Pacing = realTime,
): Promise<ReplayResult> => {
  const host = new LogHost(log, options);
  const begin = now();
  const first = host.due?.entry.at ?? 0;
  for (let line = host.due; line !== undefined && signal?.aborted !== true; line = host.due) {
    const moment = begin + (line.entry.at - first) / 1000 / speed;
    if (moment > now()) await wait(moment - now());
    else host.step();
  }
  host.cursor.close();
  return resultOf(host);
};

import type { Log } from '../readLog.js';
import { LogHost } from './LogHost.js';
import { type ReplayResult, resultOf } from './ReplayResult.js';
import type { ReplayOptions } from './replay.js';

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
  host.close();
  return resultOf(host);
};

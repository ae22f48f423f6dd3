import type { Log } from '../readLog.js';
import { LogHost, type LogHostOptions } from './LogHost.js';
import { type ReplayResult, resultOf } from './ReplayResult.js';

/** What a replay is given beside the log. */
export type ReplayOptions = LogHostOptions;

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
  host.close();
  return resultOf(host);
};

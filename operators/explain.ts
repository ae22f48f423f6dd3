import type { OperatorFunction } from 'rxjs';
import { type AirBatch, createExplainer, type ExplainOptions, type Explanation } from './core/verdict/index.js';
import { reading } from './reading.js';

export type { AirBatch, CaptureOptions, ExplainOptions, Explanation, Finding, Wanted } from './core/verdict/index.js';

/**
 * Says of each connection in a capture, or in a log, what became of it and why. A connection is explained as soon as it is over;
 * those that end within one batch come in the order in which they began, and what is open at the end comes last. Memory is bounded by
 * the connections that are open. Keys are destroyed as soon as nobody needs them: at the end, at an error, and when nobody listens
 * any more.
 *
 * @param options the cryptography, the credentials, which connections are wanted, and whether secrets are shown
 * @returns an operator that turns batches of frames, or of events, into explanations
 *
 * @example
 * import { type AirBatch, explain } from 'postassoc';
 * import { nodeCrypto } from 'postassoc/crypto';
 * import { from } from 'rxjs';
 *
 * const batches: ReadonlyArray<AirBatch> = [];
 * from(batches)
 *   .pipe(explain({ crypto: nodeCrypto }))
 *   .subscribe(({ outcome, verdict }) => console.log(`${outcome}: ${verdict}`));
 *
 * @since 0.2.0
 */
export const explain = (options: ExplainOptions): OperatorFunction<AirBatch, Explanation> =>
  reading(() => createExplainer(options));

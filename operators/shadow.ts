import type { OperatorFunction } from 'rxjs';
import type { Connection } from './core/shadow/index.js';
import { type AirBatch, type CaptureOptions, readConnections } from './core/verdict/index.js';
import { reading } from './reading.js';

/**
 * Watches the stations of a capture, or of a log, as an engine in their place would see them: every message of a station is compared
 * with the one the engine sends in its stead, every message of an access point is read as the engine reads it. What `read` makes of
 * a connection is emitted when that is over; those that end within one batch come in the order in which they began.
 *
 * @param options the cryptography, the credentials, and which connections are wanted
 * @param read makes something of the facts; their keys are destroyed right afterwards
 * @returns an operator that turns batches of frames, or of events, into whatever `read` makes
 *
 * @example
 * import { type AirBatch, shadow } from 'postassoc';
 * import { nodeCrypto } from 'postassoc/crypto';
 * import { from } from 'rxjs';
 *
 * const batches: ReadonlyArray<AirBatch> = [];
 * from(batches)
 *   .pipe(shadow({ crypto: nodeCrypto }, ({ handshakes }) => handshakes.flatMap(({ messages }) => messages[1])))
 *   .subscribe((messages2) => console.log(messages2.map(({ likeness, differences }) => [likeness, differences])));
 *
 * @since 0.2.0
 */
export const shadow = <A>(
  options: CaptureOptions,
  read: (connection: Connection, nth: number) => A,
): OperatorFunction<AirBatch, A> => reading(() => readConnections(options, read));

import type { OperatorFunction } from 'rxjs';
import { type GroupOptions, groupSession, type MethodCommand, type RsnState, releaseRsn, stepGroup } from './core/index.js';
import { runSteps } from './runSteps.js';

/**
 * Answers group handshakes where somebody else ran the pairwise one, as firmware that offloads it does: EAPOL packets of the
 * access point go in, what is to be sent and installed comes out. Pairwise messages are left alone.
 *
 * @example
 * packets$.pipe(runGroupHandshake(offloaded), cancelOn(terminator$))
 *
 * @since 0.2.0
 */
export const runGroupHandshake = (options: GroupOptions): OperatorFunction<Uint8Array, MethodCommand> =>
  runSteps<RsnState, Uint8Array, MethodCommand>(groupSession(options), stepGroup(options), releaseRsn);

import type { OperatorFunction } from 'rxjs';
import type { MacAddress } from '../streams/events/index.js';
import { latch, type PortCall, type Told, type Verdict } from './core/index.js';
import { runSteps } from './runSteps.js';

/**
 * The completion latch: turns verdicts on one port into `postAssociateCompletion` calls. The first always goes out, a later
 * one only when it changes what the host was told (R175, R176), and the codes are those the contract allows (R171, R172).
 *
 * `postAssociation` does this for every port; this is for a pipeline of one's own.
 *
 * @example
 * verdicts$.pipe(complete(peer), cancelOn(terminator$))
 *
 * @since 0.1.0
 */
export const complete = (peer: MacAddress): OperatorFunction<Verdict, PortCall> =>
  runSteps<Told, Verdict, PortCall>('nothing', (told, verdict) => latch(told, verdict, peer));

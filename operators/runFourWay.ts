import { map, type Observable, type OperatorFunction, pipe } from 'rxjs';
import { EtherType } from '../streams/events/index.js';
import {
  defaultPolicy,
  type HandshakeVerdict,
  type MethodContext,
  type MethodInput,
  type RsnOptions,
  type RsnState,
  rsnMachine,
  verdictOf,
} from './core/index.js';
import { type Commanded, type MethodDeps, type MethodUpdate, runMethod } from './runMethod.js';

/** What a handshake wants done, or came to; a failure with the evidence for it. */
export type HandshakeUpdate =
  | Exclude<MethodUpdate, { do: 'fail' }>
  | (Extract<MethodUpdate, { do: 'fail' }> & { readonly verdict: HandshakeVerdict });

export interface FourWayDeps extends MethodDeps, RsnOptions {
  /** The association the handshake belongs to; `ownAddress` must be in it. */
  readonly context: MethodContext;
}

const asInput = (input: Uint8Array | MethodInput): MethodInput =>
  input instanceof Uint8Array ? { kind: 'packet', etherType: EtherType.codes.EAPOL, payload: input } : input;

/**
 * Runs the pairwise handshake of one association, and every rekey after it: EAPOL packets of the access point go in, what is to
 * be sent and installed comes out. Where packets alone do not say enough (a packet was `sent`, 802.1X succeeded), the other
 * inputs of a method may be mixed in.
 *
 * `postAssociation` with `rsnMethods` does this for every port; this is for a pipeline of one's own.
 *
 * @example
 * packets$.pipe(runFourWay({ crypto: nodeCrypto, context: opened, secrets, scheduler }), cancelOn(terminator$))
 *
 * @since 0.2.0
 */
export const runFourWay = ({
  context,
  scheduler,
  secrets,
  ...options
}: FourWayDeps): OperatorFunction<Uint8Array | MethodInput, HandshakeUpdate> => {
  const { toleratedRepetitions } = { ...defaultPolicy, ...options.policy };
  const update = ({ command, state }: Commanded<RsnState>): HandshakeUpdate =>
    command.do === 'fail' ? { ...command, verdict: verdictOf(state, toleratedRepetitions) } : command;
  return pipe(
    (inputs$: Observable<Uint8Array | MethodInput>) => inputs$.pipe(map(asInput)),
    runMethod(rsnMachine(options), context, { scheduler, ...(secrets && { secrets }) }),
    map(update),
  );
};

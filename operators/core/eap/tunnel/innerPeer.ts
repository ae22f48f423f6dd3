import { type Step, steps } from '../../Step.js';
import type { EapFault } from '../EapFault.js';
import type { EapKeys, EapMethodContext, EapPeerMethod } from '../EapPeerMethod.js';
import { createPeer, type EapPeer } from '../peer/createPeer.js';
import type { PeerInput, PeerOutput } from '../peer/Peer.js';
import type { PeerState } from '../peer/PeerState.js';
import type { InsideCommand } from './TunnelUse.js';

/** What TLS and the tunnel's own headers may add to an inner packet. */
const OVERHEAD = 128;
const LEAST_ROOM = 64;

/** How the inner peer ended. */
export type InnerEnd =
  | { readonly isSuccess: true; readonly keys?: EapKeys }
  | { readonly isSuccess: false; readonly fault: EapFault };

/** What one input came to. */
export interface InnerStep {
  readonly state: PeerState;
  /** The EAP packet for the server's inner side. */
  readonly packet?: Uint8Array;
  readonly end?: InnerEnd;
  readonly commands: ReadonlyArray<InsideCommand>;
  /** Whether it waits for something that will come back: a turn of TLS, a person's answer. */
  readonly isBusy: boolean;
}

/** The peer inside of a tunnel: it has the true identity, and less room. */
export const innerPeer = (context: EapMethodContext, methods: ReadonlyArray<EapPeerMethod>): EapPeer =>
  createPeer({
    ...context,
    methods,
    shownIdentity: context.identity,
    room: Math.max(LEAST_ROOM, context.room - OVERHEAD),
    isInner: true,
  });

const endOf = (outputs: ReadonlyArray<PeerOutput>): InnerEnd | undefined => {
  for (const output of outputs) {
    if (output.do === 'succeed') return { isSuccess: true, ...(output.keys && { keys: output.keys }) };
    if (output.do === 'fail') return { isSuccess: false, fault: output.fault };
  }
  return undefined;
};

const commandsOf = (outputs: ReadonlyArray<PeerOutput>): ReadonlyArray<InsideCommand> =>
  outputs.filter((output) => output.do === 'report' || output.do === 'tls' || output.do === 'ask');

const isWaiting = (state: PeerState): boolean => state.phase === 'conversing' && (state.chosen?.outstanding ?? 0) > 0;

/** Lets the inner peer have these inputs, in order. */
export const stepInner = (peer: EapPeer, before: PeerState, ...inputs: ReadonlyArray<PeerInput>): InnerStep => {
  const { state, effects }: Step<PeerState, PeerOutput> = steps(before, inputs, peer.step);
  const sent = effects.findLast((output) => output.do === 'send');
  const end = endOf(effects);
  return {
    ...{ state, commands: commandsOf(effects), isBusy: isWaiting(state) },
    ...(sent && { packet: sent.packet }),
    ...(end && { end }),
  };
};

/** Whether the inner method has accepted the server: it would believe a Success. */
export const hasAccepted = (state: PeerState): boolean =>
  state.phase === 'conversing' && state.chosen?.acceptance !== undefined && state.chosen.fault === undefined;

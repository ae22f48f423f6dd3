import type { EapFault } from '../../EapFault.js';
import type { EapMethodContext } from '../../EapPeerMethod.js';
import type { EapPeer } from '../../peer/createPeer.js';
import type { PeerState } from '../../peer/PeerState.js';
import type { TunnelSession } from '../../tunnel/TunnelSession.js';
import type { InsideStep } from '../../tunnel/TunnelUse.js';

export const PEAP_NAME = 'PEAP';

/** Whether what happens inside of the tunnel is bound to it: never, where the server does it, or else not at all. */
export type Cryptobinding = 'never' | 'offer' | 'require';

/** What PEAP knows inside of its tunnel. */
export interface PeapState {
  readonly context: EapMethodContext;
  readonly cryptobinding: Cryptobinding;
  readonly peer: EapPeer;
  readonly inner: PeerState;
  readonly session?: TunnelSession;
  /** Of the request that is being answered. */
  readonly identifier: number;
  /** The inner side has been asked something: it has to succeed before the server may say so. */
  readonly hasBegun: boolean;
  /** Of the inner method, which has failed: the server is about to say the same. */
  readonly fault?: EapFault;
}

export type PeapStep = InsideStep<PeapState>;

import type { Secret } from '../../../../../streams/events/index.js';
import type { EapMethodContext, EapPeerMethod } from '../../EapPeerMethod.js';
import type { EapPeer } from '../../peer/createPeer.js';
import type { PeerState } from '../../peer/PeerState.js';
import type { TunnelSession } from '../../tunnel/TunnelSession.js';
import type { InsideStep } from '../../tunnel/TunnelUse.js';

export const TTLS_NAME = 'TTLS';

/** The ways to show a password to the server itself (RFC 5281 11.2). */
export type TtlsPasswordKind = 'pap' | 'chap' | 'mschap' | 'mschapv2';

/** What is done inside of the tunnel: a password is shown in one way or another, or there is an EAP of its own. */
export type TtlsInner =
  | { readonly kind: TtlsPasswordKind }
  | { readonly kind: 'eap'; readonly methods: ReadonlyArray<EapPeerMethod> };

/** The inner EAP, where there is one. */
export interface TtlsEap {
  readonly peer: EapPeer;
  readonly state: PeerState;
}

/** What TTLS knows inside of its tunnel. */
export interface TtlsState {
  readonly context: EapMethodContext;
  readonly kind: TtlsInner['kind'];
  readonly session?: TunnelSession;
  /** Whether anything has been said inside of the tunnel. */
  readonly hasBegun: boolean;
  readonly isAccepted: boolean;
  /** Of MSCHAPv2: what the server has to know in turn. */
  readonly proof?: Secret;
  readonly eap?: TtlsEap;
}

export type TtlsStep = InsideStep<TtlsState>;

import type { EapTlsPacket } from '../../../../streams/frames/index.js';
import type { Step } from '../../Step.js';
import type { EapMethodCommand } from '../EapPeerMethod.js';
import type { Reassembly } from './reassembly.js';
import type { HelloRandoms } from './TunnelSession.js';

/** What is said of the outcome, once the answer it goes with is out. */
export type Verdict = Extract<EapMethodCommand, { do: 'accept' | 'refuse' }>;

/** Whose turn it is. */
export type TunnelPhase =
  /** The server's, who has not begun. */
  | { readonly at: 'start' }
  /** The server's. */
  | { readonly at: 'listening'; readonly soFar: Reassembly }
  /** That of TLS, which reads what the server sent under this identifier, or makes a ClientHello. */
  | { readonly at: 'reading'; readonly identifier: number }
  /** That of TLS, which seals an answer. */
  | { readonly at: 'sealing' }
  /** That of whoever is inside and has a request in hand. */
  | { readonly at: 'inside' }
  /** The server's, who has to acknowledge a fragment before it gets the next. */
  | { readonly at: 'sending'; readonly rest: ReadonlyArray<EapTlsPacket> }
  | { readonly at: 'over' };

/** Where a method stands that runs TLS, `S` being the state of what it does inside of the tunnel. */
export interface TunnelState<S> {
  readonly phase: TunnelPhase;
  readonly inside: S;
  /** How many octets of type data a response may have. */
  readonly room: number;
  readonly isInner: boolean;
  readonly randoms: HelloRandoms;
  readonly isStanding: boolean;
  readonly isAccepted: boolean;
  /** What TLS wants sent with the next answer. */
  readonly records: Uint8Array;
  readonly verdicts: ReadonlyArray<Verdict>;
}

export type TunnelStep<S> = Step<TunnelState<S>, EapMethodCommand>;

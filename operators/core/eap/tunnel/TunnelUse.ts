import type { Step } from '../../Step.js';
import type { EapMethodCommand, EapMethodContext, EapMethodReturn } from '../EapPeerMethod.js';
import type { TunnelSession } from './TunnelSession.js';
import type { TunnelKeys } from './tunnelExports.js';

/** What happens inside of a tunnel. */
export type InsideInput =
  /** It stands. No answer is wanted: a message follows, with this packet of the server or with its next. */
  | { readonly kind: 'established'; readonly session: TunnelSession }
  /** A request of the server with what it said inside of the tunnel, which may be nothing. It is to be answered, now or later. */
  | {
      readonly kind: 'message';
      readonly identifier: number;
      readonly plain: Uint8Array;
      /** The server said it before our side of the handshake was over. */
      readonly isEarly: boolean;
    }
  | EapMethodReturn;

/** What whoever is inside wants done. */
export type InsideCommand =
  /** Answers through the tunnel. */
  | { readonly do: 'write'; readonly plain: Uint8Array }
  /** Answers with nothing. */
  | { readonly do: 'acknowledge' }
  | Exclude<EapMethodCommand, { do: 'respond' }>;

export type InsideStep<S> = Step<S, InsideCommand>;

/**
 * A method that has a TLS session between itself and EAP: what it does with it. What it accepts or refuses is told after the answer it
 * gives in the same step has gone out.
 */
export interface TunnelUse<S> {
  readonly name: string;
  readonly keys: TunnelKeys;
  readonly presentsCertificate: boolean;
  /** Puts the length even on a handshake message that is sent whole: some servers of PEAP misread it otherwise. */
  readonly announcesLength: boolean;
  begin(context: EapMethodContext): S;
  step(state: S, input: InsideInput): InsideStep<S>;
  /** Destroys what secrets the state holds. */
  release(state: S): void;
}

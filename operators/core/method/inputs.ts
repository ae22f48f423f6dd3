import type { Handler, Indication, Secret } from '../../../streams/events/index.js';

/** A packet of the peer, already matched to the port (R87). */
export interface Packet {
  readonly etherType: number;
  readonly payload: Uint8Array;
  /** Whether it was encrypted on the air, where the host can tell. */
  readonly protected?: boolean;
}

/**
 * What a method gets to see. Everything else, from admission to the completion latch, is the engine's.
 *
 * @since 0.1.0
 */
export type MethodInput =
  | ({ readonly kind: 'packet' } & Packet)
  | { readonly kind: 'sent'; readonly tag: string }
  /** Every key handed to `install` so far is in the hardware. */
  | { readonly kind: 'installed' }
  | { readonly kind: 'timer'; readonly name: string }
  | { readonly kind: 'supplied'; readonly tag: string; readonly secret?: Secret }
  | { readonly kind: 'derived'; readonly label: string; readonly win32: number; readonly secret?: Secret }
  /** The 802.1X module authenticated the port; the keys are clear text, and the method's to zeroise (R112). */
  | { readonly kind: 'oneXSucceeded'; readonly sendKey?: Secret; readonly receiveKey?: Secret }
  /** The engine has already told the host (R114); the method may start again (R178). */
  | { readonly kind: 'oneXFailed'; readonly reason: number }
  | { readonly kind: 'userAnswered'; readonly response: Secret }
  | { readonly kind: 'userGone' }
  | { readonly kind: 'nicAnswered'; readonly tag: string; readonly win32: number; readonly output?: Uint8Array }
  | { readonly kind: 'indicated'; readonly indication: Indication | Handler<'receiveIndication'> };

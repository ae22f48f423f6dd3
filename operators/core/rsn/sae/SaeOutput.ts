import type { Secret } from '../../../../streams/events/index.js';
import type { CommitFault } from './peerCommit.js';

/**
 * Why an exchange failed, with what shows it.
 *
 * @since 0.2.0
 */
export type SaeFailure =
  /** The two passwords differ: the peer's confirm is not what ours makes of it, or the peer said so of ours. */
  | { readonly reason: 'wrongPassword'; readonly proof: 'confirmMismatch' }
  | { readonly reason: 'wrongPassword'; readonly proof: 'confirmRefused'; readonly status: number }
  | { readonly reason: 'unknownPasswordIdentifier' }
  /** Our commit was refused with that status code. */
  | { readonly reason: 'commitRefused'; readonly status: number }
  | { readonly reason: 'noCommonGroup'; readonly rejected: ReadonlyArray<number> }
  /** The peer says we rejected groups that we would have taken: somebody in between did. */
  | { readonly reason: 'downgrade'; readonly groups: ReadonlyArray<number> }
  | { readonly reason: 'invalidCommit'; readonly fault: CommitFault }
  | { readonly reason: 'noAnswer'; readonly awaited: 'commit' | 'confirm'; readonly sent: number }
  /** No method is allowed, the password gives no element, or the identifier does not fit its field. */
  | { readonly reason: 'unusableSetup' };

/**
 * What happens to an exchange.
 *
 * @since 0.2.0
 */
export type SaeInput =
  /** As many random octets as were asked for. They are not kept: erase them afterwards. */
  | { readonly kind: 'random'; readonly octets: Uint8Array }
  /** The body of an Authentication frame of the peer's. */
  | { readonly kind: 'frame'; readonly body: Uint8Array }
  | { readonly kind: 'timer' };

/**
 * What an exchange wants done.
 *
 * @since 0.2.0
 */
export type SaeOutput =
  | { readonly do: 'needRandom'; readonly octets: number }
  /** Send the body of an Authentication frame to the peer. */
  | { readonly do: 'send'; readonly body: Uint8Array }
  | { readonly do: 'setTimer'; readonly name: typeof SAE_TIMER; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: typeof SAE_TIMER }
  /** The key is the receiver's from now on. */
  | { readonly do: 'accepted'; readonly pmk: Secret; readonly pmkid: Uint8Array }
  | { readonly do: 'failed'; readonly failure: SaeFailure }
  | { readonly do: 'report'; readonly rule: 'SAE'; readonly message: string };

export const SAE_TIMER = 'saeRetransmission';

export const send = (body: Uint8Array): SaeOutput => ({ do: 'send', body });

export const setTimer = (ms: number): SaeOutput => ({ do: 'setTimer', name: SAE_TIMER, ms });

export const clearTimer: SaeOutput = { do: 'clearTimer', name: SAE_TIMER };

export const report = (message: string): SaeOutput => ({ do: 'report', rule: 'SAE', message });

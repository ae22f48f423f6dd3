import type { Secret } from '../../../../streams/events/index.js';

/**
 * Why an authentication failed.
 *
 * @since 0.2.0
 */
export type FilsFailure =
  /** No suite of FILS, an unknown cipher or group, elements that do not fit, or nothing to authenticate with. */
  | { readonly reason: 'unusableSetup' }
  /** The access point refused with that status code, and nothing better came. */
  | { readonly reason: 'refused'; readonly status: number }
  | { readonly reason: 'noAnswer' };

/**
 * What happens to an authentication.
 *
 * @since 0.2.0
 */
export type FilsInput =
  /** As many random octets as were asked for. They are not kept: erase them afterwards. */
  | { readonly kind: 'random'; readonly octets: Uint8Array }
  /** The body of an Authentication frame of the access point's. */
  | { readonly kind: 'frame'; readonly body: Uint8Array }
  /** What re-authentication made of `finish`: the rMSK, the machine's from now on, or nothing where the packet proves nothing. */
  | { readonly kind: 'finished'; readonly rMsk?: Secret }
  | { readonly kind: 'timer' };

/**
 * What an authentication wants done.
 *
 * @since 0.2.0
 */
export type FilsOutput =
  | { readonly do: 'needRandom'; readonly octets: number }
  /** Send the body of an Authentication frame to the access point. */
  | { readonly do: 'send'; readonly body: Uint8Array }
  | { readonly do: 'setTimer'; readonly name: typeof FILS_TIMER; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: typeof FILS_TIMER }
  /** Whether this EAP-Finish/Re-auth packet is genuine: `finished` is awaited. */
  | { readonly do: 'finish'; readonly packet: Uint8Array }
  /**
   * The association may follow. The port that comes of it asks for `secret` under the name of `session`. Where re-authentication
   * made a PMK, it is told with its name, for later associations. The keys are the receiver's from now on.
   */
  | {
      readonly do: 'accepted';
      readonly session: Uint8Array;
      readonly secret: Secret;
      readonly made?: { readonly pmk: Secret; readonly pmkid: Uint8Array };
    }
  | { readonly do: 'failed'; readonly failure: FilsFailure }
  | { readonly do: 'report'; readonly rule: 'FILS'; readonly message: string };

export const FILS_TIMER = 'filsAnswer';

export const send = (body: Uint8Array): FilsOutput => ({ do: 'send', body });

export const setTimer = (ms: number): FilsOutput => ({ do: 'setTimer', name: FILS_TIMER, ms });

export const clearTimer: FilsOutput = { do: 'clearTimer', name: FILS_TIMER };

export const report = (message: string): FilsOutput => ({ do: 'report', rule: 'FILS', message });

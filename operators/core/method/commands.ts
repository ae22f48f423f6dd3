import type { Guid, KeyMaterial, Secret, SecretRequest } from '../../../streams/events/index.js';

/** One thing to download, named by its place in the hardware. A method lists them in any order; R133 fixes the order. */
export type KeyDownload =
  | { readonly slot: 'pairwise'; readonly algorithm: number; readonly material: KeyMaterial; readonly direction?: number }
  | { readonly slot: 'group'; readonly keyIndex: number; readonly algorithm: number; readonly material: KeyMaterial }
  | { readonly slot: 'management'; readonly keyIndex: number; readonly algorithm: number; readonly material: KeyMaterial }
  | { readonly slot: 'transmitIndex'; readonly keyIndex: number }
  | { readonly slot: 'excludeUnencrypted'; readonly exclude: boolean };

/**
 * What a method may want done. Tags and timer names are the method's own; they come back with the matching input.
 *
 * @since 0.1.0
 */
export type MethodCommand =
  /** Send a packet to the peer. `sent` follows when its buffer is released: that is not proof of delivery (R73). */
  | { readonly do: 'send'; readonly tag: string; readonly etherType: number; readonly payload: Uint8Array }
  /** Download keys, one call at a time, each only when the one before was accepted; `after` waits for that packet (R134). */
  | { readonly do: 'install'; readonly keys: ReadonlyArray<KeyDownload>; readonly after?: string }
  /** The port is authenticated. Told to the host when every key is in (R58); an unchanged status is not repeated (R176). */
  | { readonly do: 'succeed'; readonly ihvReason?: number }
  /** The port is not authenticated, or no longer. */
  | { readonly do: 'fail'; readonly reason: number; readonly win32: number }
  | { readonly do: 'startOneX'; readonly attributes?: Uint8Array }
  | { readonly do: 'stopOneX' }
  | { readonly do: 'setTimer'; readonly name: string; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: string }
  /** Randomness, a credential, or the clear text of a protected blob: `supplied` follows at once. */
  | { readonly do: 'ask'; readonly tag: string; readonly request: SecretRequest }
  /** Slow work at the edge: `derived` follows, unless the port is gone by then. */
  | { readonly do: 'derive'; readonly label: string; readonly input: Secret }
  | { readonly do: 'askUser'; readonly page: Guid; readonly userSession: number; readonly data: Secret }
  | { readonly do: 'extendNic'; readonly tag: string; readonly input: Uint8Array; readonly outputSize: number }
  | { readonly do: 'notify'; readonly code: number; readonly data: Uint8Array }
  /** A remark for whoever reads the diagnostics. Never put a secret in it. */
  | { readonly do: 'report'; readonly rule: string; readonly message: string };

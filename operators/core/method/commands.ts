import type { Guid, KeyMaterial, MacAddress, PmkEntry, RekeyKeys, Secret, SecretRequest } from '../../../streams/events/index.js';

/** The link of a multi-link association (802.11be) a key is for, and the access point that serves it. */
export interface KeyLink {
  readonly id: number;
  readonly ap: MacAddress;
}

/** A key that is shared by all stations of an access point, or of one of its links. */
interface SharedKey {
  readonly keyIndex: number;
  readonly algorithm: number;
  readonly material: KeyMaterial;
  /** Only in a multi-link association: whose default keys it goes into (R128). */
  readonly link?: KeyLink;
}

interface PairwiseKey {
  readonly algorithm: number;
  readonly material: KeyMaterial;
  readonly direction?: number;
  /** Extended Key ID: 0 or 1, when both sides support two pairwise keys at a time. */
  readonly keyId?: number;
}

/** One thing to download, named by its place in the hardware. A method lists them in any order; R133 fixes the order. */
export type KeyDownload =
  | ({ readonly slot: 'pairwise' } & PairwiseKey)
  /** Extended Key ID: from now on frames are sent with that one of the two pairwise keys. */
  | { readonly slot: 'pairwiseTransmit'; readonly keyId: number }
  | ({ readonly slot: 'group' } & SharedKey)
  | ({ readonly slot: 'management' } & SharedKey)
  /** The BIGTK of beacon protection, at index 6 or 7. */
  | ({ readonly slot: 'beacon' } & SharedKey)
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
  /** Keys the hardware has by other means, e.g. from a WNM sleep exit: in the history as if installed, and never downloaded (R135). */
  | { readonly do: 'adopt'; readonly keys: ReadonlyArray<KeyDownload> }
  /** The port is authenticated. Told to the host when every key is in (R58); an unchanged status is not repeated (R176). */
  | { readonly do: 'succeed'; readonly ihvReason?: number }
  /** The port is not authenticated, or no longer. */
  | { readonly do: 'fail'; readonly reason: number; readonly win32: number }
  | { readonly do: 'startOneX'; readonly attributes?: Uint8Array }
  | { readonly do: 'stopOneX' }
  | { readonly do: 'setTimer'; readonly name: string; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: string }
  /** Randomness, a credential, the clear text of a protected blob, or a remembered PMK: `supplied` follows at once. */
  | { readonly do: 'ask'; readonly tag: string; readonly request: SecretRequest }
  /** Keep a PMK for the next association with that peer. The key is the engine's from now on, and the host keeps a copy. */
  | { readonly do: 'rememberPmk'; readonly entry: PmkEntry }
  /** That PMK is of no use any more. */
  | { readonly do: 'forgetPmk'; readonly peer: MacAddress; readonly pmkid: Uint8Array }
  /** Group keys are renewed by the hardware while the host sleeps. The keys are the engine's from now on. */
  | { readonly do: 'offloadRekeys'; readonly keys: RekeyKeys }
  /** Slow work at the edge: `derived` follows, unless the port is gone by then. */
  | { readonly do: 'derive'; readonly label: string; readonly input: Secret }
  | { readonly do: 'askUser'; readonly page: Guid; readonly userSession: number; readonly data: Secret }
  | { readonly do: 'extendNic'; readonly tag: string; readonly input: Uint8Array; readonly outputSize: number }
  | { readonly do: 'notify'; readonly code: number; readonly data: Uint8Array }
  /** A remark for whoever reads the diagnostics. Never put a secret in it. */
  | { readonly do: 'report'; readonly rule: string; readonly message: string };

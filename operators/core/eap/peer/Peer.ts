import type { Secret } from '../../../../streams/events/index.js';
import type { EapFault } from '../EapFault.js';
import type { EapNote } from '../EapNote.js';
import type { EapKeys, EapMethodContext, EapPeerMethod } from '../EapPeerMethod.js';
import type { TlsCommand, TlsTurn } from '../tls/Tls.js';

/** What an EAP peer is made of. */
export interface PeerOptions extends EapMethodContext {
  /** What an Identity request is answered with: the outer identity where there is one. */
  readonly shownIdentity: Secret;
  /** In the order in which they are wished for. */
  readonly methods: ReadonlyArray<EapPeerMethod>;
  /** How many requests it takes before it gives up, and a tenth of how many packets; 100 by default. */
  readonly maxRounds?: number;
}

/** What happens to an EAP peer. */
export type PeerInput =
  | { readonly kind: 'packet'; readonly packet: Uint8Array }
  | { readonly kind: 'tls'; readonly session: string; readonly turn: TlsTurn }
  | { readonly kind: 'supplied'; readonly secret?: Secret }
  /** There is time, as it was asked for. */
  | { readonly kind: 'meanwhile' }
  /** The link says that the server is silent. */
  | { readonly kind: 'timeout' }
  /** The result by another way than a Success or Failure, e.g. that of a tunnel (RFC 4137 4.1.1: altAccept, altReject). It ends the peer. */
  | { readonly kind: 'told'; readonly isSuccess: boolean };

/**
 * What an EAP peer wants done. Of `succeed` and `fail` there is one, and nothing after it.
 *
 * @since 0.2.0
 */
export type PeerOutput =
  | { readonly do: 'send'; readonly packet: Uint8Array }
  | { readonly do: 'tls'; readonly session: string; readonly command: TlsCommand }
  | { readonly do: 'ask'; readonly want: 'password' | 'token'; readonly message: string }
  /** Wants time once this has gone out. */
  | { readonly do: 'meanwhile' }
  | { readonly do: 'report'; readonly note: EapNote }
  | { readonly do: 'succeed'; readonly method: string; readonly keys?: EapKeys }
  | { readonly do: 'fail'; readonly fault: EapFault };

import type { Crypto, EapFault, EapNote } from '../../../operators/core/index.js';
import type { EapPeerEvent, EapPeerSignal } from '../../../operators/index.js';
import type { Secret } from '../../../streams/events/index.js';
import type { ExchangeEvent, IgnoredFor } from '../client/ExchangeEvent.js';
import type { RadiusServer } from '../client/RadiusServer.js';
import type { MppeKeys } from '../packet/mppeKeys.js';
import type { Provision } from '../packet/Provision.js';
import type { RadiusAttribute } from '../packet/RadiusPacket.js';
import type { Trail } from './Trail.js';
import type { Verdict } from './Verdict.js';

/** What a conversation between a peer and a server is told. */
export type ConversationInput =
  | { readonly kind: 'peer'; readonly event: EapPeerEvent }
  | { readonly kind: 'exchange'; readonly event: ExchangeEvent }
  /** The peer has been thinking for too long. */
  | { readonly kind: 'thoughtless' };

/** What there is to tell of an authentication while it goes on. */
export type ConversationRemark =
  | {
      readonly kind: 'sent';
      readonly server: RadiusServer;
      readonly identifier: number;
      readonly attempt: number;
      readonly octets: number;
      readonly eap: string;
    }
  | { readonly kind: 'received'; readonly code: number; readonly octets: number; readonly eap?: string; readonly step: string }
  | { readonly kind: 'ignored'; readonly for: IgnoredFor; readonly message: string }
  | { readonly kind: 'unanswered'; readonly message: string; readonly step: string }
  | { readonly kind: 'note'; readonly note: EapNote };

/** The end of an authentication. Its keys belong to whoever gets it. */
export interface ConversationResult {
  readonly verdict: Verdict;
  readonly server: RadiusServer;
  readonly trail: Trail;
  readonly provision?: Provision;
  readonly msk?: Secret;
  readonly mppe?: MppeKeys;
}

export type ConversationOutput =
  | { readonly do: 'ask'; readonly server: RadiusServer; readonly attributes: ReadonlyArray<RadiusAttribute> }
  | { readonly do: 'signal'; readonly signal: EapPeerSignal }
  | { readonly do: 'remark'; readonly remark: ConversationRemark }
  | { readonly do: 'end'; readonly result: ConversationResult };

/** The last word of the server. */
export interface FinalAnswer {
  readonly isAccept: boolean;
  readonly provision: Provision;
  readonly mppe: MppeKeys;
}

export interface Conversation {
  /** What an identity response said: the user's name. */
  readonly identity: Uint8Array;
  /** What the NAS says of itself. */
  readonly nas: ReadonlyArray<RadiusAttribute>;
  readonly crypto: Crypto;
  readonly server: RadiusServer;
  /** Those that are tried when this one is silent from the beginning. */
  readonly others: ReadonlyArray<RadiusServer>;
  readonly trail: Trail;
  /** Of the server, to be echoed (RFC 2865 5.24). */
  readonly stateValue: Uint8Array | undefined;
  /** The EAP packet that was sent last, and where the authentication was then. */
  readonly sent: Uint8Array;
  readonly step: string;
  /** Whose word is waited for. */
  readonly turn: 'peer' | 'server';
  readonly final: FinalAnswer | undefined;
  /** The peer has come to an end before the server. */
  readonly fault: EapFault | undefined;
  /** What the silence of the server comes to, unless the peer knows better. */
  readonly silence: Verdict | undefined;
}

import type { AnswerDoubt } from '../packet/authenticators.js';
import type { RadiusPacket } from '../packet/RadiusPacket.js';
import type { ChannelFault } from './Channel.js';

/** Why a packet was not taken for the answer. */
export type IgnoredFor = AnswerDoubt | 'malformed' | 'otherAddress' | 'unexpectedCode';

/**
 * What happens to a request. The last is `answered` or `unanswered`.
 *
 * @since 0.2.0
 */
export type ExchangeEvent =
  | { readonly kind: 'sent'; readonly identifier: number; readonly attempt: number; readonly octets: number }
  | { readonly kind: 'ignored'; readonly for: IgnoredFor; readonly message: string }
  | {
      readonly kind: 'answered';
      readonly packet: RadiusPacket;
      /** Of the request: what the keys of the answer are hidden with. */
      readonly authenticator: Uint8Array;
    }
  | { readonly kind: 'unanswered'; readonly for: 'silence' | 'unwritable' | ChannelFault['kind']; readonly message: string };

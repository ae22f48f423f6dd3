import type { Secret } from '../../../streams/events/index.js';
import type { Crypto } from '../crypto/index.js';
import type { Step } from '../Step.js';
import type { EapFault } from './EapFault.js';
import type { EapNote } from './EapNote.js';
import type { TlsCommand, TlsTurn } from './tls/Tls.js';

/** A password as it was given: the text itself in UTF-8, or what Windows makes of it (RFC 2759 8.3). */
export interface PeerPassword {
  readonly form: 'text' | 'ntHash';
  readonly secret: Secret;
}

/** What a method knows when its server first asks for it. */
export interface EapMethodContext {
  /** Who is to be authenticated: the name inside of a tunnel, not the one that is shown outside of it. */
  readonly identity: Secret;
  readonly password?: PeerPassword;
  readonly crypto: Crypto;
  /** All randomness there is. */
  readonly draw: (octets: number) => Uint8Array;
  /** How many octets of type data one response may have (what the link takes, without the header of EAP). */
  readonly room: number;
  /** Whether the method runs inside of a tunnel, which then tells of the result. */
  readonly isInner?: boolean;
}

/** The keys of a method (RFC 5247). They belong to whoever gets them. */
export interface EapKeys {
  /** 64 octets. */
  readonly msk: Secret;
  readonly emsk?: Secret;
  /** RFC 5247 1.4: the type and what both sides know of the session. */
  readonly sessionId?: Uint8Array;
}

/** What happens to a method. */
export type EapMethodInput =
  /** A request of its type that is no repetition. Exactly one response follows it, now or after some turns of TLS, or it is discarded. */
  | { readonly kind: 'request'; readonly identifier: number; readonly data: Uint8Array }
  | { readonly kind: 'tls'; readonly session: string; readonly turn: TlsTurn }
  /** What a person answered; nothing if there is nobody to ask. */
  | { readonly kind: 'supplied'; readonly secret?: Secret }
  /** The answer has gone out, and there is time until the next request. */
  | { readonly kind: 'meanwhile' };

/** What a method has asked for, when it comes. */
export type EapMethodReturn = Extract<EapMethodInput, { kind: 'tls' | 'supplied' }>;

/**
 * What a method wants done.
 *
 * @since 0.2.0
 */
export type EapMethodCommand =
  /** Answers the request in hand: this is the type data, the peer adds the rest. */
  | { readonly do: 'respond'; readonly data: Uint8Array }
  /** The request in hand is not worth an answer. */
  | { readonly do: 'discard'; readonly why: string }
  /**
   * From now on a Success is believed (RFC 4137 4.2: MAY_CONT or DONE with COND_SUCC); `isFinal` says that the method has nothing more
   * to say. `isProven`: the server has said inside of the method that it succeeded (UNCOND_SUCC), so that a Failure, which anybody
   * can send, is no longer believed, and silence is no failure. With a later `keys` the earlier are replaced.
   */
  | { readonly do: 'accept'; readonly isFinal: boolean; readonly isProven?: boolean; readonly keys?: EapKeys }
  /** It has failed, and whatever the server says now it stays so. A response may still go out, so that the server learns why. */
  | { readonly do: 'refuse'; readonly fault: EapFault }
  /** Should the server refuse now, this is why: it has said so inside of a tunnel, or it was shown a password. */
  | { readonly do: 'explain'; readonly fault: EapFault }
  | { readonly do: 'tls'; readonly session: string; readonly command: TlsCommand }
  /** Asks a person, in the words of the server where it has some. One question at a time. */
  | { readonly do: 'ask'; readonly want: 'password' | 'token'; readonly message: string }
  /** Wants time while the server works, to do beforehand what the next request will ask for. It may be given late, or never. */
  | { readonly do: 'meanwhile' }
  | { readonly do: 'report'; readonly note: EapNote };

/**
 * An EAP method, from the peer's side, as a plug-in: a pure machine. The peer takes care of headers, identifiers, repetitions,
 * identity, Nak, and results.
 *
 * @since 0.2.0
 */
export interface EapPeerMethod<S = unknown> {
  /** What people call it: `PEAP`. */
  readonly name: string;
  readonly type: number;
  /** Whether it yields keys; a method without is no use where a link is to be encrypted. */
  readonly yieldsKeys: boolean;
  begin(context: EapMethodContext): S;
  step(state: S, input: EapMethodInput): Step<S, EapMethodCommand>;
  /** Destroys what secrets the state holds. */
  release(state: S): void;
}

import type { EapFault } from '../EapFault.js';
import type { EapNote } from '../EapNote.js';
import type { EapKeys } from '../EapPeerMethod.js';
import type { PeerInput, PeerOutput } from '../peer/Peer.js';

/** The timers of a supplicant (IEEE 802.1X-2004 8.2.11, whose names they have kept). */
export type PaeTimer = 'startWhen' | 'authWhile' | 'heldWhile';

export interface PaeOptions {
  /** How long an EAPOL-Start waits for an answer, in milliseconds; 30 s by default. */
  readonly startPeriod?: number;
  /** How many EAPOL-Starts there are before it is plain that nobody answers; 3 by default (R102). */
  readonly maxStart?: number;
  /** How long the server may be silent in the middle, in milliseconds; 30 s by default. */
  readonly authPeriod?: number;
  /** How often it begins again after such a silence; twice by default. */
  readonly maxRetries?: number;
  /** How long it rests after a refusal, in milliseconds; 60 s by default. */
  readonly heldPeriod?: number;
  /** The version octet of what is sent; 2 by default. Of what comes any version will do (11.3.1). */
  readonly eapolVersion?: number;
}

/** Where a supplicant stands (IEEE 802.1X-2004 8.2.11). */
export type PaePhase = 'idle' | 'connecting' | 'authenticating' | 'authenticated' | 'held' | 'loggedOff';

/** What is asked of a supplicant. */
export type PaeOrder =
  /** `isNewPort`: the link is another than the last time, and what was wrong there does not count. */
  | { readonly kind: 'start'; readonly isNewPort?: boolean }
  /** Ends a run without a word. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'logoff' }
  /** A whole EAPOL packet. */
  | { readonly kind: 'packet'; readonly packet: Uint8Array };

/** What an EAP peer says that matters here. */
export type PeerWord = Extract<PeerOutput, { do: 'send' | 'report' | 'succeed' | 'fail' }>;

export type PaeInput =
  | PaeOrder
  | { readonly kind: 'timer'; readonly name: PaeTimer }
  | { readonly kind: 'eap'; readonly word: PeerWord };

/** A remark on how a supplicant fares. */
export type PaeNote =
  | { readonly kind: 'phase'; readonly phase: PaePhase }
  | { readonly kind: 'start'; readonly attempt: number; readonly of: number }
  /** The rest after a refusal, in milliseconds, before it begins again. */
  | { readonly kind: 'rest'; readonly ms: number }
  | { readonly kind: 'authenticated'; readonly method: string; readonly hasKeys: boolean }
  | { readonly kind: 'failed'; readonly fault: EapFault }
  | { readonly kind: 'ignored'; readonly why: string };

/** How a run went; of `success` and `failure` there is one a run, unless it is stopped. */
export type PaeResult =
  | { readonly result: 'inProgress' }
  /** The keys are the receiver's. */
  | { readonly result: 'success'; readonly method: string; readonly keys?: EapKeys }
  /** `status` and `reason` as the interface has them: an ONEX_AUTH_STATUS, an ONEX_REASON_CODE. */
  | { readonly result: 'failure'; readonly status: number; readonly reason: number; readonly fault: EapFault };

export type PaeOutput =
  /** A whole EAPOL packet. */
  | { readonly do: 'transmit'; readonly packet: Uint8Array }
  /** A new EAP peer takes the place of the one there was. */
  | { readonly do: 'beginEap' }
  | { readonly do: 'feedEap'; readonly input: Extract<PeerInput, { kind: 'packet' | 'timeout' }> }
  | { readonly do: 'endEap' }
  | { readonly do: 'setTimer'; readonly name: PaeTimer; readonly ms: number }
  | { readonly do: 'clearTimer'; readonly name: PaeTimer }
  | ({ readonly do: 'result' } & PaeResult)
  | { readonly do: 'report'; readonly note: EapNote | PaeNote };

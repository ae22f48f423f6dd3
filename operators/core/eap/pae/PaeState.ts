import type { Step } from '../../Step.js';
import type { PaeOptions, PaeOutput } from './Pae.js';

/** How far a run has come that is asked for again and again. */
interface Run {
  /** How often the server has fallen silent in the middle. */
  readonly silences: number;
}

export interface Connecting extends Run {
  readonly phase: 'connecting';
  readonly starts: number;
}

export interface Authenticating extends Run {
  readonly phase: 'authenticating';
  /** The server has come further than the identity. */
  readonly hasMethod: boolean;
  /** The last request for the identity, by its identifier: when it comes once more, that is no new beginning. */
  readonly identityRequest?: number;
  /** How often the server has begun anew in the middle. */
  readonly restarts: number;
}

export interface Held {
  readonly phase: 'held';
  /** It is to begin again when the rest is over. */
  readonly isAwaited: boolean;
  /** Not even the server's asking ends the rest. */
  readonly isFirm: boolean;
}

/** Where a supplicant stands. */
export type PaeState = { readonly phase: 'idle' | 'authenticated' | 'loggedOff' } | Connecting | Authenticating | Held;

export type PaeStep = Step<PaeState, PaeOutput>;

export type PaeSettings = Required<PaeOptions>;

export const settingsOf = (options: PaeOptions): PaeSettings => ({
  startPeriod: 30_000,
  maxStart: 3,
  authPeriod: 30_000,
  maxRetries: 2,
  heldPeriod: 60_000,
  eapolVersion: 2,
  ...options,
});

export const idle: PaeState = { phase: 'idle' };

import type { Secret } from '../../../../streams/events/index.js';
import { emit, type Step } from '../../Step.js';
import type { FilsSealing } from '../keys/fils.js';
import type { Answer } from './answer.js';
import { clearTimer, type FilsFailure, type FilsOutput, report } from './FilsOutput.js';
import type { FilsTerms } from './FilsSetup.js';
import type { OwnHalf } from './ownHalf.js';

/** Waits for random octets. */
export interface Drawing {
  readonly phase: 'drawing';
  readonly terms: FilsTerms;
}

/** Our frame is out. */
export interface Asked {
  readonly phase: 'asked';
  readonly terms: FilsTerms;
  readonly own: OwnHalf;
  /** What it fails with, unless something better comes in time. */
  readonly doubt?: FilsFailure;
}

/** The access point has answered, and re-authentication has to say whether its server did. */
export interface Finishing extends Omit<Asked, 'phase'> {
  readonly phase: 'finishing';
  readonly answer: Answer;
}

/**
 * The association may be asked for.
 *
 * @since 0.2.0
 */
export interface FilsAccepted {
  readonly phase: 'accepted';
  readonly session: Uint8Array;
  /** Elements the request has to have before its FILS Session element, end to end: the RSNE, in a mobility domain MDE and FTE too. */
  readonly elements: Uint8Array;
  readonly sealing: FilsSealing;
  /** KeyAuth of the request. */
  readonly keyAuth: Secret;
}

interface Failed {
  readonly phase: 'failed';
  readonly failure: FilsFailure;
}

/**
 * Where an authentication stands.
 *
 * @since 0.2.0
 */
export type FilsState = Drawing | Asked | Finishing | FilsAccepted | Failed;
export type FilsStep = Step<FilsState, FilsOutput>;

/**
 * Erases the secrets of a state that is not needed any more: of an accepted one when the association request is out for good.
 *
 * @since 0.2.0
 */
export const releaseFils = (state: FilsState): void => {
  if ('own' in state) state.own.privateKey?.zeroise();
  if (state.phase !== 'accepted') return;
  state.sealing.kek.zeroise();
  state.keyAuth.zeroise();
};

export const failWith = (state: FilsState | undefined, failure: FilsFailure): FilsStep => {
  if (state !== undefined) releaseFils(state);
  return emit<FilsState, FilsOutput>({ phase: 'failed', failure }, clearTimer, { do: 'failed', failure });
};

/** A frame is passed over; whoever reads the diagnostics learns why. */
export const drop = (state: FilsState, message: string): FilsStep => emit<FilsState, FilsOutput>(state, report(message));

import type { Secret } from '../../../../streams/events/index.js';
import type { Curve } from '../../crypto/index.js';
import { emit, type Step } from '../../Step.js';
import type { DigestName } from './hash.js';
import { type Commitment, forgetCommit, type OwnCommit } from './ownCommit.js';
import { clearTimer, report, type SaeFailure, type SaeOutput } from './SaeOutput.js';
import type { ElementMethod } from './SaeSetup.js';
import type { SaeKeys } from './saeKeys.js';

/** What the two ends use, once one of them has proposed it. */
export interface Terms {
  readonly method: ElementMethod;
  readonly curve: Curve;
  /** Groups the peer has rejected before this one. */
  readonly rejected: ReadonlyArray<number>;
}

/** A commit of the peer's that may be answered. */
export interface PeerCommit extends Commitment {
  /** Groups the peer says we have rejected. */
  readonly rejectedGroups: ReadonlyArray<number>;
}

/** Before anything was said: an access point waits here. */
interface Nothing {
  readonly phase: 'nothing';
}

/** Waits for random octets, to commit with, or to answer a commit with. */
export interface Drawing {
  readonly phase: 'drawing';
  readonly terms: Terms;
  readonly answering?: PeerCommit;
}

/** Our commit is out. */
export interface Committed {
  readonly phase: 'committed';
  readonly terms: Terms;
  readonly own: OwnCommit;
  readonly token?: Uint8Array;
  /** How often a token was asked for. */
  readonly tokens: number;
  readonly sync: number;
  /** What the exchange fails with, unless something better comes within a retransmission period. */
  readonly doubt?: SaeFailure;
}

/** Both commits are known, and so are the keys; nobody has proven anything. */
export interface Confirmed {
  readonly phase: 'confirmed';
  readonly terms: Terms;
  readonly hash: DigestName;
  readonly own: Commitment;
  readonly peer: Commitment;
  readonly keys: SaeKeys;
  /** The counter of our last confirm; zero as long as an access point withholds its own. */
  readonly sendConfirm: number;
  readonly sync: number;
  readonly doubt?: SaeFailure;
}

/** The peer knows the password. What is kept answers a peer that has not heard of it yet. */
export interface Accepted {
  readonly phase: 'accepted';
  readonly hash: DigestName;
  readonly own: Commitment;
  readonly peer: Commitment;
  readonly kck: Secret;
  /** The counter of the peer's last confirm. */
  readonly received: number;
  readonly sync: number;
}

interface Failed {
  readonly phase: 'failed';
  readonly failure: SaeFailure;
}

/**
 * Where an exchange stands (IEEE 802.11-2020 12.4.8.2).
 *
 * @since 0.2.0
 */
export type SaeState = Nothing | Drawing | Committed | Confirmed | Accepted | Failed;

export type SaeStep = Step<SaeState, SaeOutput>;

/**
 * Erases the secrets of a state that is not needed any more.
 *
 * @since 0.2.0
 */
export const releaseSae = (state: SaeState): void => {
  if (state.phase === 'committed') forgetCommit(state.own);
  if (state.phase === 'accepted') state.kck.zeroise();
  if (state.phase !== 'confirmed') return;
  state.keys.kck.zeroise();
  state.keys.pmk.zeroise();
};

export const failWith = (state: SaeState, failure: SaeFailure): SaeStep => {
  releaseSae(state);
  return emit<SaeState, SaeOutput>({ phase: 'failed', failure }, clearTimer, { do: 'failed', failure });
};

/** A frame is passed over; whoever reads the diagnostics learns why. */
export const drop = (state: SaeState, message: string): SaeStep => emit<SaeState, SaeOutput>(state, report(message));

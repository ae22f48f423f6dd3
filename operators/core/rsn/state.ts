import { EtherType, type Secret } from '../../../streams/events/index.js';
import type { MethodCommand } from '../method/commands.js';
import { emit, type Step } from '../Step.js';
import { type Attempt, zeroiseAttempt } from './attempt.js';
import { type Evidence, noEvidence, withFault } from './evidence.js';
import type { Fault } from './fault.js';
import type { FilsResponse } from './fils/frames.js';
import type { Transition } from './ft/reassociation.js';
import { type Installed, zeroiseInstalled } from './installed.js';
import type { KeyFrame } from './keyFrame.js';
import { type Ptk, zeroisePtk } from './keys/ptk.js';
import type { Network } from './network.js';
import { type RootKey, zeroiseRoot } from './rootKey.js';

export type { Writer } from './keyReply.js';

interface Bound {
  readonly network: Network;
  readonly evidence: Evidence;
}

/** Randomness and, where there is no 802.1X, the master key have been asked for. */
export interface Arming extends Bound {
  readonly phase: 'arming';
  readonly snonce?: Secret;
  readonly root?: RootKey;
  /** PMKIDs of ours that were not looked for yet. */
  readonly offered: ReadonlyArray<Uint8Array>;
}

/** A fast transition ran before the association: its PMK-R1 has been asked for, and nothing else is awaited. */
export interface Transferring extends Bound {
  readonly phase: 'transferring';
  readonly transition: Omit<Transition, 'r1'>;
  readonly pmkR1Name: Uint8Array;
  /** The elements of the reassociation response. */
  readonly response: Uint8Array;
}

/** FILS authentication ran before the association: what it left has been asked for, and nothing else is awaited. */
export interface Opening extends Bound {
  readonly phase: 'opening';
  readonly session: Uint8Array;
  /** The association response. */
  readonly response: FilsResponse;
}

/** The 802.1X module makes the master key. */
export interface Authenticating extends Bound {
  readonly phase: 'authenticating';
  readonly snonce: Secret;
}

/** Everything is there but message 1. */
export interface Waiting extends Bound {
  readonly phase: 'waiting';
  readonly root: RootKey;
  readonly snonce: Secret;
  /** An EAP request came meanwhile. */
  readonly isEapAwaited?: boolean;
}

/** Message 2 is out. */
export interface Proving extends Bound {
  readonly phase: 'proving';
  readonly root: RootKey;
  readonly attempt: Attempt;
}

/** A pairwise rekey: message 1 waits for its nonce, or message 2 is out. */
export type Rekey =
  | { readonly step: 'drawing'; readonly frame: KeyFrame }
  | { readonly step: 'proving'; readonly attempt: Attempt };

/** The pairwise key is agreed and handed over. */
export interface Established extends Bound {
  readonly phase: 'established';
  readonly root: RootKey;
  /** What protects further messages; its TK has been handed over and is gone from here. */
  readonly ptk: Ptk;
  readonly anonce: Uint8Array;
  /** The highest replay counter that was proven. */
  readonly counter: bigint;
  readonly installed: Installed;
  /** WPA1 is up only when a group handshake has followed. */
  readonly isComplete: boolean;
  /** Every key handed over is in the hardware: from now on the access point has to encrypt what it sends. */
  readonly isKeyed: boolean;
  readonly rekey?: Rekey;
  /** Of the requests we send, which have a replay counter of their own. */
  readonly requests: bigint;
  /** There was a Michael failure within the last minute. */
  readonly hadMichaelFailure: boolean;
}

/** Nothing more will come of it. */
export interface Over {
  readonly phase: 'over';
  readonly evidence: Evidence;
}

/**
 * Where a port stands on its way to its keys. Each phase carries what is legal in it.
 *
 * @since 0.2.0
 */
export type RsnState = Arming | Transferring | Opening | Authenticating | Waiting | Proving | Established | Over;
export type RsnStep = Step<RsnState, MethodCommand>;

/** Destroys what a state holds. */
export const zeroiseState = (state: RsnState): void => {
  if ('snonce' in state) state.snonce?.zeroise();
  if ('root' in state && state.root !== undefined) zeroiseRoot(state.root);
  if (state.phase === 'proving') zeroiseAttempt(state.attempt);
  if (state.phase !== 'established') return;
  zeroisePtk(state.ptk);
  zeroiseInstalled(state.installed);
  if (state.rekey?.step === 'proving') zeroiseAttempt(state.rekey.attempt);
};

export const remark = (message: string, rule = 'RSN'): MethodCommand => ({ do: 'report', rule, message });

export const sendKeyPacket = (tag: string, payload: Uint8Array): MethodCommand => ({
  do: 'send',
  tag,
  etherType: EtherType.codes.EAPOL,
  payload,
});

/** Every timer a handshake uses. */
export const TIMERS = {
  start: 'start',
  finish: 'finish',
  suspicion: 'suspicion',
  michael: 'michael',
  lifetime: 'lifetime',
} as const;

export const clear = (...names: ReadonlyArray<keyof typeof TIMERS>): ReadonlyArray<MethodCommand> =>
  names.map((name) => ({ do: 'clearTimer', name: TIMERS[name] }));

/** Notes a fault: a message that is anybody's is dropped, one of the access point ends the matter. */
export const object = (state: RsnState, fault: Fault, win32: number): RsnStep => {
  const evidence = withFault(state.evidence, fault);
  const sentence = remark(`${fault.stage}: ${fault.detail}`, fault.code === 'MALFORMED' ? 'R90' : 'R180');
  if (fault.reason === undefined) return emit<RsnState, MethodCommand>({ ...state, evidence }, sentence);
  zeroiseState(state);
  return emit<RsnState, MethodCommand>(
    { phase: 'over', evidence },
    ...clear('start', 'finish', 'suspicion', 'michael', 'lifetime'),
    sentence,
    { do: 'fail', reason: fault.reason, win32 },
  );
};

export const lost = (fault: Fault): Over => ({ phase: 'over', evidence: withFault(noEvidence, fault) });

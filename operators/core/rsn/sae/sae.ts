import { isLeft } from 'fp-ts/lib/Either.js';
import { stay } from '../../Step.js';
import { onConfirmWhenAccepted } from './accepted.js';
import { onCommitWhenCommitted, onConfirmWhenCommitted, onTimerWhenCommitted } from './committed.js';
import { onCommitWhenConfirmed, onConfirmWhenConfirmed, onTimerWhenConfirmed } from './confirmed.js';
import { onRandom, propose } from './drawing.js';
import { onCommitWhenListening } from './listening.js';
import { readFrame, type SaeFrame, Transaction } from './messages.js';
import type { SaeInput } from './SaeOutput.js';
import type { SaeSetup } from './SaeSetup.js';
import { drop, type SaeState, type SaeStep } from './SaeState.js';

const onCommit = (setup: SaeSetup, state: SaeState, frame: SaeFrame): SaeStep => {
  switch (state.phase) {
    case 'nothing':
      return onCommitWhenListening(setup, state, frame);
    case 'committed':
      return onCommitWhenCommitted(setup, state, frame);
    case 'confirmed':
      return onCommitWhenConfirmed(setup, state, frame);
    default:
      return drop(state, `a commit, when ${state.phase}`);
  }
};

const onConfirm = (setup: SaeSetup, state: SaeState, frame: SaeFrame): SaeStep => {
  switch (state.phase) {
    case 'committed':
      return onConfirmWhenCommitted(setup, state, frame);
    case 'confirmed':
      return onConfirmWhenConfirmed(setup, state, frame);
    case 'accepted':
      return onConfirmWhenAccepted(setup, state, frame);
    default:
      return drop(state, `a confirm, when ${state.phase}`);
  }
};

const onFrame = (setup: SaeSetup, state: SaeState, body: Uint8Array): SaeStep => {
  const read = readFrame(body);
  if (isLeft(read)) return drop(state, read.left);
  const frame = read.right;
  return frame.transaction === Transaction.COMMIT ? onCommit(setup, state, frame) : onConfirm(setup, state, frame);
};

const onTimer = (setup: SaeSetup, state: SaeState): SaeStep => {
  if (state.phase === 'committed') return onTimerWhenCommitted(setup, state);
  return state.phase === 'confirmed' ? onTimerWhenConfirmed(setup, state) : stay(state);
};

/**
 * An exchange at its beginning. A station says at once how many random octets it needs; an access point waits for a commit.
 *
 * @since 0.2.0
 */
export const beginSae = (setup: SaeSetup): SaeStep => {
  const nothing: SaeState = { phase: 'nothing' };
  return setup.role === 'station' ? propose(setup, nothing, []) : stay(nothing);
};

/**
 * Simultaneous authentication of equals (IEEE 802.11-2020 12.4) as a pure machine: it sends nothing, reads no clock and draws no
 * random number. Before the association, its frames come and go as bodies of Authentication frames; in the end there is a PMK
 * with its name, or a failure with what shows it.
 *
 * @example
 * const commit = (setup: SaeSetup): SaeStep => {
 *   const { state } = beginSae(setup); // wants { do: 'needRandom', octets: 80 }
 *   return stepSae(setup)(state, { kind: 'random', octets: randomBytes(80) }); // sends the commit and sets a timer
 * };
 *
 * @since 0.2.0
 */
export const stepSae =
  (setup: SaeSetup) =>
  (state: SaeState, input: SaeInput): SaeStep => {
    switch (input.kind) {
      case 'random':
        return onRandom(setup, state, input.octets);
      case 'frame':
        return onFrame(setup, state, input.body);
      case 'timer':
        return onTimer(setup, state);
    }
  };

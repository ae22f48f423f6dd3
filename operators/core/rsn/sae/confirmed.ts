import { isLeft } from 'fp-ts/lib/Either.js';
import { StatusCode } from '../../../../streams/frames/index.js';
import { andThen, emit } from '../../Step.js';
import { doubt } from './doubt.js';
import { commitBody, confirmBody, readConfirm, refusal, type SaeFrame, Transaction } from './messages.js';
import { isSame } from './peerCommit.js';
import { readPeerCommit } from './readPeerCommit.js';
import { clearTimer, type SaeOutput, send, setTimer } from './SaeOutput.js';
import { type SaeSetup, timingOf } from './SaeSetup.js';
import { type Confirmed, drop, failWith, type SaeState, type SaeStep } from './SaeState.js';
import { isConfirmedBy } from './verify.js';

/** From acceptance on, confirms carry this counter, and are not answered (IEEE 802.11-2020 12.4.8.6.5). */
export const LAST_CONFIRM = 0xffff;

const { codes } = StatusCode;

const again = (state: Confirmed): Confirmed => ({
  ...state,
  sync: state.sync + 1,
  sendConfirm: state.sendConfirm === 0 ? 0 : Math.min(state.sendConfirm + 1, LAST_CONFIRM - 1),
});

const confirms = (setup: SaeSetup, state: Confirmed): ReadonlyArray<SaeOutput> =>
  state.sendConfirm === 0 ? [] : [send(confirmBody(setup, state, state.keys.kck, state.sendConfirm))];

const commits = (setup: SaeSetup, { terms, own }: Confirmed): ReadonlyArray<SaeOutput> => {
  const body = commitBody(setup, terms, own);
  return body === undefined ? [] : [send(body)];
};

const sendAgain = (setup: SaeSetup, state: Confirmed, withCommit: boolean): SaeStep => {
  const next = again(state);
  const frames = [...(withCommit ? commits(setup, next) : []), ...confirms(setup, next)];
  return emit<SaeState, SaeOutput>(next, ...frames, setTimer(timingOf(setup).retransmitMs));
};

/**
 * The peer's commit once more. To an access point it says that its answer was lost. A station has been answered, so it is a
 * copy; to send its own commit again would make an access point that has accepted meanwhile begin anew.
 */
export const onCommitWhenConfirmed = (setup: SaeSetup, state: Confirmed, frame: SaeFrame): SaeStep => {
  if (setup.role === 'station') return drop(state, 'a second commit');
  const read = readPeerCommit(setup, state.terms, frame);
  if (isLeft(read)) return drop(state, read.left.message);
  if (!isSame(state.peer, read.right)) return drop(state, 'another commit while one is being answered');
  if (state.sync > timingOf(setup).sync) return drop(state, 'the same commit, too often');
  return sendAgain(setup, state, true);
};

const accept = (setup: SaeSetup, state: Confirmed, received: number): SaeStep => {
  const { hash, own, peer, keys } = state;
  const accepted: SaeState = { phase: 'accepted', hash, own, peer, kck: keys.kck, received, sync: 0 };
  const withheld = state.sendConfirm === 0 ? [send(confirmBody(setup, state, keys.kck, 1))] : [];
  const { pmk, pmkid } = keys;
  return emit<SaeState, SaeOutput>(accepted, ...withheld, clearTimer, { do: 'accepted', pmk, pmkid });
};

export const onConfirmWhenConfirmed = (setup: SaeSetup, state: Confirmed, frame: SaeFrame): SaeStep => {
  const { status } = frame;
  if (status !== codes.SUCCESS) return doubt(setup, state, { reason: 'wrongPassword', proof: 'confirmRefused', status });
  const read = readConfirm(state.hash, frame);
  if (isLeft(read)) return drop(state, read.left);
  if (isConfirmedBy(setup, state, state.keys.kck, read.right)) return accept(setup, state, read.right.sendConfirm);
  const mismatch = doubt(setup, state, { reason: 'wrongPassword', proof: 'confirmMismatch' });
  if (setup.role === 'station') return mismatch;
  return andThen(mismatch, (next) => emit(next, send(refusal(Transaction.CONFIRM, codes.CHALLENGE_FAILURE))));
};

export const onTimerWhenConfirmed = (setup: SaeSetup, state: Confirmed): SaeStep => {
  if (state.doubt !== undefined) return failWith(state, state.doubt);
  if (state.sync > timingOf(setup).sync) {
    return failWith(state, { reason: 'noAnswer', awaited: 'confirm', sent: state.sync + 1 });
  }
  return sendAgain(setup, state, state.sendConfirm === 0);
};

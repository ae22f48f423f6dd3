import { isLeft } from 'fp-ts/lib/Either.js';
import { StatusCode } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import { agree } from './agree.js';
import { doubt } from './doubt.js';
import { propose } from './drawing.js';
import { commitBody, confirmBody, readGroup, readToken, type SaeFrame } from './messages.js';
import { forgetCommit } from './ownCommit.js';
import { isSame } from './peerCommit.js';
import { readPeerCommit } from './readPeerCommit.js';
import { type SaeOutput, send, setTimer } from './SaeOutput.js';
import { type SaeSetup, timingOf } from './SaeSetup.js';
import { type Committed, drop, failWith, type PeerCommit, releaseSae, type SaeState, type SaeStep } from './SaeState.js';

const { codes } = StatusCode;

const sendAgain = (setup: SaeSetup, state: Committed): SaeStep => {
  const body = commitBody(setup, state.terms, state.own, state.token);
  if (body === undefined) return failWith(state, { reason: 'unusableSetup' });
  return emit<SaeState, SaeOutput>(state, send(body), setTimer(timingOf(setup).retransmitMs));
};

/** Status 76: the same commit, with the token (IEEE 802.11-2020 12.4.6). Asked too often, it is somebody's play. */
const onTokenRequest = (setup: SaeSetup, state: Committed, frame: SaeFrame): SaeStep => {
  const { method, curve } = state.terms;
  const request = readToken(method, frame);
  if (isLeft(request)) return drop(state, request.left);
  const { group, token } = request.right;
  if (group !== curve.group) return drop(state, `a token for group ${group}, expected ${curve.group}`);
  if (state.tokens >= timingOf(setup).sync) return drop(state, 'a token was asked for too often');
  return sendAgain(setup, { ...state, token, tokens: state.tokens + 1, sync: 0 });
};

/** Status 77: the next group, and the rejected one is remembered (12.4.8.6.4). Some peers do not say which group they mean. */
const onUnsupportedGroup = (setup: SaeSetup, state: Committed, frame: SaeFrame): SaeStep => {
  const { curve, rejected } = state.terms;
  const group = readGroup(frame) ?? curve.group;
  if (group !== curve.group) return drop(state, `group ${group} is rejected, and group ${curve.group} was offered`);
  releaseSae(state);
  return propose(setup, state, [...rejected, group]);
};

const confirm = (setup: SaeSetup, state: Committed, peer: PeerCommit): SaeStep => {
  const agreed = agree(setup, state.terms, state.own, peer);
  if (agreed === undefined) return doubt(setup, state, { reason: 'invalidCommit', fault: 'identityElement' });
  forgetCommit(state.own);
  const confirmed: SaeState = { phase: 'confirmed', terms: state.terms, ...agreed, sendConfirm: 1, sync: 0 };
  const body = confirmBody(setup, agreed, agreed.keys.kck, 1);
  return emit<SaeState, SaeOutput>(confirmed, send(body), setTimer(timingOf(setup).retransmitMs));
};

const onAnswer = (setup: SaeSetup, state: Committed, frame: SaeFrame): SaeStep => {
  const read = readPeerCommit(setup, state.terms, frame);
  if (isLeft(read)) {
    return read.left.failure === undefined ? drop(state, read.left.message) : doubt(setup, state, read.left.failure);
  }
  if (isSame(state.own, read.right)) return drop(state, 'our own commit came back');
  return confirm(setup, state, read.right);
};

/** What a station does with an answer to its commit. */
export const onCommitWhenCommitted = (setup: SaeSetup, state: Committed, frame: SaeFrame): SaeStep => {
  switch (frame.status) {
    case codes.SUCCESS:
    case codes.SAE_HASH_TO_ELEMENT:
      return onAnswer(setup, state, frame);
    case codes.ANTI_CLOGGING_TOKEN_REQUIRED:
      return onTokenRequest(setup, state, frame);
    case codes.UNSUPPORTED_FINITE_CYCLIC_GROUP:
      return onUnsupportedGroup(setup, state, frame);
    case codes.UNKNOWN_PASSWORD_IDENTIFIER:
      return doubt(setup, state, { reason: 'unknownPasswordIdentifier' });
    default:
      return doubt(setup, state, { reason: 'commitRefused', status: frame.status });
  }
};

/** The peer confirms a commit that we have not received: it has to send that again. */
export const onConfirmWhenCommitted = (setup: SaeSetup, state: Committed, { status }: SaeFrame): SaeStep => {
  if (status !== codes.SUCCESS) return drop(state, `a confirm with status ${status}, before its commit`);
  if (state.sync > timingOf(setup).sync) return drop(state, 'a confirm without a commit, too often');
  return sendAgain(setup, { ...state, sync: state.sync + 1 });
};

export const onTimerWhenCommitted = (setup: SaeSetup, state: Committed): SaeStep => {
  if (state.doubt !== undefined) return failWith(state, state.doubt);
  if (state.sync > timingOf(setup).sync) {
    return failWith(state, { reason: 'noAnswer', awaited: 'commit', sent: state.sync + 1 });
  }
  return sendAgain(setup, { ...state, sync: state.sync + 1 });
};

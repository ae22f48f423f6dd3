import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../streams/events/index.js';
import { StatusCode, writeFilsKeyConfirmation, writeFilsSession } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { emit } from '../../Step.js';
import { sealFilsRequest } from '../keys/fils.js';
import { joined } from '../keys/joined.js';
import { acceptCached, acceptMade } from './accept.js';
import { readAnswer, readAnswerFrame } from './answer.js';
import { type FilsFailure, type FilsInput, type FilsOutput, report, send, setTimer } from './FilsOutput.js';
import { type FilsSetup, randomOctets, termsOf, timingOf } from './FilsSetup.js';
import { type Asked, type Drawing, drop, type FilsAccepted, type FilsState, type FilsStep, failWith } from './FilsState.js';
import { drawHalf, firstFrame } from './ownHalf.js';

/**
 * An authentication at its beginning: it says how many random octets it needs.
 *
 * @since 0.2.0
 */
export const beginFils = (setup: FilsSetup): FilsStep => {
  const terms = termsOf(setup);
  if (terms === undefined) return failWith(undefined, { reason: 'unusableSetup' });
  return emit<FilsState, FilsOutput>({ phase: 'drawing', terms }, { do: 'needRandom', octets: randomOctets(terms) });
};

const onRandom = (state: Drawing, random: Uint8Array): FilsStep => {
  const { terms } = state;
  const [expected, found] = [randomOctets(terms), random.length];
  if (found < expected) {
    const again: FilsOutput = { do: 'needRandom', octets: expected };
    return emit<FilsState, FilsOutput>(state, report(`random octets: expected ${expected}, found ${found}`), again);
  }
  const own = drawHalf(terms, random.subarray(0, expected));
  const asked: Asked = { phase: 'asked', terms, own };
  const body = firstFrame(terms, own);
  if (body === undefined) return failWith(asked, { reason: 'unusableSetup' });
  return emit<FilsState, FilsOutput>(asked, send(body), setTimer(timingOf(terms).answer));
};

/** Anybody can forge a refusal: it is believed when nothing better has come within a moment. */
const doubting = (state: Asked, status: number): FilsStep => {
  if (state.doubt !== undefined) return drop(state, `refused again: status ${status}`);
  const doubt: FilsFailure = { reason: 'refused', status };
  const message = report(`refused: status ${status}`);
  return emit<FilsState, FilsOutput>({ ...state, doubt }, message, setTimer(timingOf(state.terms).refusal));
};

const onFrame = (state: Asked, body: Uint8Array): FilsStep => {
  const frame = readAnswerFrame(state.terms, body);
  if (isLeft(frame)) return drop(state, frame.left);
  const { status } = frame.right;
  if (status !== StatusCode.codes.SUCCESS) return doubting(state, status);
  const read = readAnswer(state.terms, state.own, frame.right);
  if (isLeft(read)) return drop(state, read.left);
  const answer = read.right;
  if (answer.proof === 'cached') return acceptCached(state, answer);
  return emit<FilsState, FilsOutput>({ ...state, phase: 'finishing', answer }, { do: 'finish', packet: answer.proof.finish });
};

const onFinished = (state: FilsState, rMsk: Secret | undefined): FilsStep => {
  if (state.phase === 'finishing' && rMsk?.isKnown === true) return acceptMade(state, rMsk);
  rMsk?.zeroise();
  if (state.phase !== 'finishing') return drop(state, `an rMSK, when ${state.phase}`);
  const { answer: _, ...rest } = state;
  return drop({ ...rest, phase: 'asked' }, 'an answer that re-authentication does not believe');
};

const onTimer = (state: FilsState): FilsStep =>
  state.phase === 'asked' || state.phase === 'finishing'
    ? failWith(state, state.doubt ?? { reason: 'noAnswer' })
    : drop(state, `a timer, when ${state.phase}`);

/**
 * FILS shared key authentication (IEEE 802.11-2020 12.11.2.3) as a pure machine of a station: it sends nothing, reads no clock
 * and draws no random number. Its frames come and go as bodies of Authentication frames. Re-authentication (ERP, RFC 6696) is
 * somebody else's: its packets are passed through. In the end `protectFilsRequest` makes the association request, and the port
 * asks for the secret that was told under the name of its session.
 *
 * @example
 * const ask = (setup: FilsSetup): FilsStep => {
 *   const { state } = beginFils(setup); // wants { do: 'needRandom', octets: 24 }
 *   return stepFils(state, { kind: 'random', octets: randomBytes(24) }); // sends the first frame and sets a timer
 * };
 *
 * @since 0.2.0
 */
export const stepFils = (state: FilsState, input: FilsInput): FilsStep => {
  switch (input.kind) {
    case 'random':
      return state.phase === 'drawing' ? onRandom(state, input.octets) : drop(state, 'random octets that were not asked for');
    case 'frame':
      return state.phase === 'asked' ? onFrame(state, input.body) : drop(state, `a frame, when ${state.phase}`);
    case 'finished':
      return onFinished(state, input.rMsk);
    case 'timer':
      return onTimer(state);
  }
};

/**
 * The body of the association request (12.11.2.6.2): what comes before the FILS Session element as it is, that element, and
 * encrypted our confirmation of the keys with what else is for the access point alone. `undefined` where it does not fit.
 *
 * @param clear fixed fields and elements, among them those of `state.elements`
 * @param more elements behind the confirmation, such as FILS HLP Containers and the operating channel
 *
 * @since 0.2.0
 */
export const protectFilsRequest = (
  crypto: Crypto,
  { session, sealing, keyAuth }: FilsAccepted,
  clear: Uint8Array,
  more: Uint8Array = new Uint8Array(0),
): Uint8Array | undefined => {
  const [marker, confirmation] = [writeFilsSession(session), writeFilsKeyConfirmation(keyAuth.reveal())];
  if (isLeft(marker) || isLeft(confirmation)) return undefined;
  const visible = joined(clear, marker.right);
  const sealed = sealFilsRequest(crypto, sealing, visible, joined(confirmation.right, more));
  return sealed && joined(visible, sealed);
};

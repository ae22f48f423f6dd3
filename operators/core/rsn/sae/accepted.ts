import { isLeft } from 'fp-ts/lib/Either.js';
import { StatusCode } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import { LAST_CONFIRM } from './confirmed.js';
import { confirmBody, readConfirm, type SaeFrame } from './messages.js';
import { type SaeOutput, send } from './SaeOutput.js';
import { type SaeSetup, timingOf } from './SaeSetup.js';
import { type Accepted, drop, type SaeState, type SaeStep } from './SaeState.js';
import { isConfirmedBy } from './verify.js';

/** The peer has not received our confirm yet; a confirm older than its last one, or a forged one, is none of our business. */
export const onConfirmWhenAccepted = (setup: SaeSetup, state: Accepted, frame: SaeFrame): SaeStep => {
  if (frame.status !== StatusCode.codes.SUCCESS) return drop(state, `a confirm with status ${frame.status}, after acceptance`);
  const read = readConfirm(state.hash, frame);
  if (isLeft(read)) return drop(state, read.left);
  const { sendConfirm } = read.right;
  if (sendConfirm <= state.received || sendConfirm === LAST_CONFIRM) return drop(state, 'an old confirm');
  if (state.sync > timingOf(setup).sync) return drop(state, 'a confirm after acceptance, too often');
  if (!isConfirmedBy(setup, state, state.kck, read.right)) return drop(state, 'a confirm that does not verify, after acceptance');
  const next: SaeState = { ...state, received: sendConfirm, sync: state.sync + 1 };
  return emit<SaeState, SaeOutput>(next, send(confirmBody(setup, state, state.kck, LAST_CONFIRM)));
};

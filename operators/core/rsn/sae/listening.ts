import { isLeft } from 'fp-ts/lib/Either.js';
import { StatusCode } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import { draw } from './drawing.js';
import { readGroup, refusal, type SaeFrame, Transaction } from './messages.js';
import { readPeerCommit } from './readPeerCommit.js';
import { report, type SaeOutput, send } from './SaeOutput.js';
import { curveOf, type ElementMethod, methodsOf, type SaeSetup } from './SaeSetup.js';
import { drop, type SaeState, type SaeStep } from './SaeState.js';

const { codes } = StatusCode;

const methodOf = (status: number): ElementMethod | undefined => {
  if (status === codes.SAE_HASH_TO_ELEMENT) return 'hashToElement';
  return status === codes.SUCCESS ? 'huntingAndPecking' : undefined;
};

const refuse = (state: SaeState, status: number, message: string, group?: number): SaeStep =>
  emit<SaeState, SaeOutput>(state, report(message), send(refusal(Transaction.COMMIT, status, group)));

/** An access point's Nothing state (IEEE 802.11-2020 12.4.8.6.3): a commit is refused, or answered. */
export const onCommitWhenListening = (setup: SaeSetup, state: SaeState, frame: SaeFrame): SaeStep => {
  const method = methodOf(frame.status);
  if (method === undefined) return drop(state, `a commit with status ${frame.status}, before any of ours`);
  if (!methodsOf(setup).includes(method)) return refuse(state, codes.UNSPECIFIED_FAILURE, `${method} is not offered here`);
  const group = readGroup(frame);
  if (group === undefined) return drop(state, 'a commit without a group');
  const curve = curveOf(setup, group);
  if (curve === undefined) {
    return refuse(state, codes.UNSUPPORTED_FINITE_CYCLIC_GROUP, `group ${group} is not offered here`, group);
  }
  const terms = { method, curve, rejected: [] };
  const read = readPeerCommit(setup, terms, frame);
  if (isLeft(read)) {
    const { message, status } = read.left;
    return status === undefined ? drop(state, message) : refuse(state, status, message);
  }
  return draw(terms, read.right);
};

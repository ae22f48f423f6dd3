import { isLeft, right } from 'fp-ts/lib/Either.js';
import { forgetCommit, type OwnCommit } from '../../../rsn/sae/ownCommit.js';
import { faultOf, isSame } from '../../../rsn/sae/peerCommit.js';
import { sharedSecret } from '../../../rsn/sae/saeKeys.js';
import { sealed } from '../../../rsn/sae/scalar.js';
import { stay } from '../../../Step.js';
import { makeCommit } from './makeCommit.js';
import type { Proposal, PwdState, PwdStep } from './PwdState.js';
import { Exchange, type PwdCommit, readPwdCommit, suiteOctets, writePwdCommit } from './pwdPackets.js';
import { discard, refuse, send } from './sendPwd.js';

/** A password that was asked for has done its work. */
const withoutPassword = ({ supplied, ...state }: PwdState): PwdState => {
  supplied?.zeroise();
  return state;
};

const answer = (state: PwdState, { curve, server: proposed }: Proposal, own: OwnCommit, server: PwdCommit): PwdStep => {
  const k = isSame(own, server) ? undefined : sharedSecret(curve, own, server);
  const peer = { scalar: own.scalar, element: own.element };
  forgetCommit(own);
  if (k === undefined)
    return refuse(state, 'serverUnproven', 'the server made a commit that shows it does not know the password');
  const agreement = { k: sealed(k), suite: suiteOctets(proposed), peer, server };
  const next = { ...withoutPassword(state), progress: { phase: 'committed' as const, agreement } };
  return send(next, Exchange.COMMIT, writePwdCommit(peer));
};

/** A salt comes with the server's commit; without one, ours can be made before, which takes as long as the server takes for its own. */
export const onMeanwhile = (state: PwdState): PwdStep => {
  const { progress, context } = state;
  if (progress.phase !== 'identified' || progress.own !== undefined) return stay(state);
  const { proposal, password } = progress;
  if (proposal.preparation.salted !== undefined) return stay(state);
  const own = makeCommit(context, proposal, password, new Uint8Array(0));
  // What is wrong is said when the server asks.
  return stay(isLeft(own) ? state : { ...state, progress: { ...progress, own: own.right } });
};

/** RFC 5931 2.8.5.3: what the server commits itself to is examined, and answered in kind. */
export const onCommit = (state: PwdState, message: Uint8Array): PwdStep => {
  const { progress, context } = state;
  if (progress.phase !== 'identified') return discard(state, 'a commit out of turn');
  const { proposal, password } = progress;
  const { curve, preparation } = proposal;
  const read = readPwdCommit(message, curve.length, preparation.salted !== undefined);
  if (isLeft(read)) return discard(state, read.left.message);
  const fault = faultOf(curve, read.right);
  if (fault !== undefined) return refuse(state, 'serverUnproven', `an invalid commit of the server: ${fault}`);
  const own = progress.own === undefined ? makeCommit(context, proposal, password, read.right.salt) : right(progress.own);
  return isLeft(own) ? refuse(state, ...own.left) : answer(state, proposal, own.right, read.right);
};

import { isLeft } from 'fp-ts/lib/Either.js';
import type { Curve, CurvePoint } from '../../../crypto/index.js';
import { BLINDING_OCTETS } from '../../../rsn/sae/hunt.js';
import { commitOctets, forgetCommit, type OwnCommit, ownCommit, secretsOf } from '../../../rsn/sae/ownCommit.js';
import { faultOf, isSame } from '../../../rsn/sae/peerCommit.js';
import { sharedSecret } from '../../../rsn/sae/saeKeys.js';
import { sealed } from '../../../rsn/sae/scalar.js';
import type { EapMethodContext, PeerPassword } from '../../EapPeerMethod.js';
import type { Proposal, PwdState, PwdStep } from './PwdState.js';
import { prepare } from './preparation.js';
import { pwdElement } from './pwdCrypto.js';
import { Exchange, type PwdCommit, readPwdCommit, suiteOctets, writePwdCommit } from './pwdPackets.js';
import { discard, refuse, send } from './sendPwd.js';

/** So often are numbers drawn again that give a scalar of 0 or 1: once in 2^255 times. */
const DRAWS = 3;

const elementOf = (
  context: EapMethodContext,
  proposal: Proposal,
  password: PeerPassword,
  salt: Uint8Array,
): CurvePoint | undefined => {
  const { curve, preparation, server } = proposal;
  const prepared = prepare(context, preparation, password, salt);
  if (prepared === undefined) return undefined;
  const parties = { token: server.token, peer: context.identity.reveal(), server: server.identity };
  const blinding = context.draw(BLINDING_OCTETS);
  const element = pwdElement(context.crypto, curve, prepared, parties, blinding);
  for (const octets of [prepared, blinding]) octets.fill(0);
  return element;
};

const drawCommit = ({ draw }: EapMethodContext, curve: Curve, element: CurvePoint): OwnCommit | undefined => {
  for (let count = 0; count < DRAWS; count++) {
    const random = draw(commitOctets(curve));
    const own = ownCommit(curve, element, secretsOf(curve, random));
    random.fill(0);
    if (own !== undefined) return own;
  }
  return undefined;
};

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
  const element = elementOf(context, proposal, password, read.right.salt);
  if (element === undefined) return refuse(state, 'noCredential', 'the password cannot be prepared as the server keeps it');
  const own = drawCommit(context, curve, element);
  return own === undefined
    ? refuse(state, 'cancelled', 'the random numbers are not random')
    : answer(state, proposal, own, read.right);
};

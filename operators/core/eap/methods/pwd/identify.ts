import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../../streams/events/index.js';
import { andThen, emit } from '../../../Step.js';
import type { EapMethodCommand, PeerPassword } from '../../EapPeerMethod.js';
import type { Proposal, PwdState, PwdStep } from './PwdState.js';
import { isSuitable, preparationOf } from './preparation.js';
import { Exchange, type PwdIdentity, readPwdIdentity, writePwdIdentity } from './pwdPackets.js';
import { discard, refuse, send } from './sendPwd.js';

/** RFC 5931 3.2.1: HMAC-SHA256 for both is all there is. */
const DEFAULT_FUNCTION = 1;

/** Takes the server up on its proposal (RFC 5931 2.8.5.2). */
const agree = (state: PwdState, proposal: Proposal, password: PeerPassword): PwdStep => {
  if (!isSuitable(proposal.preparation, password))
    return refuse(state, 'noCredential', 'the server needs the password itself, and there is nothing but its hash');
  const answer: PwdIdentity = { ...proposal.server, identity: state.context.identity.reveal() };
  const identified = { ...state, progress: { phase: 'identified' as const, proposal, password } };
  return andThen(send(identified, Exchange.ID, writePwdIdentity(answer)), (next) =>
    emit<PwdState, EapMethodCommand>(next, { do: 'meanwhile' }),
  );
};

export const onIdentity = (state: PwdState, message: Uint8Array): PwdStep => {
  if (state.progress.phase !== 'begun') return discard(state, 'a second proposal');
  const read = readPwdIdentity(message);
  if (isLeft(read)) return discard(state, read.left.message);
  const server = read.right;
  const { context } = state;
  const curve = context.crypto.curve(server.group);
  if (curve === undefined)
    return refuse(state, 'noCommonMethod', `the server proposes group ${server.group}, which is not offered here`);
  if (server.randomFunction !== DEFAULT_FUNCTION || server.prf !== DEFAULT_FUNCTION)
    return refuse(
      state,
      'noCommonMethod',
      `the server proposes random function ${server.randomFunction} with PRF ${server.prf}, which are not offered here`,
    );
  const preparation = preparationOf(server.preparation);
  if (preparation === undefined)
    return refuse(
      state,
      'noCommonMethod',
      `the server keeps passwords prepared by method ${server.preparation}, which is not offered here`,
    );
  const proposal = { server, curve, preparation };
  if (context.password !== undefined) return agree(state, proposal, context.password);
  return emit<PwdState, EapMethodCommand>(
    { ...state, progress: { phase: 'asking', proposal } },
    { do: 'ask', want: 'password', message: '' },
  );
};

/** What a person answered is kept until it is used. */
export const onPassword = (state: PwdState, secret: Secret | undefined): PwdStep => {
  const { progress } = state;
  if (progress.phase !== 'asking') {
    secret?.zeroise();
    return emit(state);
  }
  if (secret === undefined) return refuse(state, 'noCredential', 'PWD needs a password, and there is none');
  return agree({ ...state, supplied: secret }, progress.proposal, { form: 'text', secret });
};

import { isLeft } from 'fp-ts/lib/Either.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, stay } from '../../../Step.js';
import type { EapMethodCommand, EapPeerMethod } from '../../EapPeerMethod.js';
import { onCommit, onMeanwhile } from './commit.js';
import { onConfirm } from './confirm.js';
import { gatherPwd } from './gatherPwd.js';
import { onIdentity, onPassword } from './identify.js';
import { type PwdState, type PwdStep, releasePwd } from './PwdState.js';
import { type PwdFragment, readPwdFragment, writePwdAcknowledgement } from './pwdFragments.js';
import { Exchange } from './pwdPackets.js';
import { discard, NAME, sendNext } from './sendPwd.js';

const onMessage = (state: PwdState, exchange: number, message: Uint8Array): PwdStep => {
  switch (exchange) {
    case Exchange.ID:
      return onIdentity(state, message);
    case Exchange.COMMIT:
      return onCommit(state, message);
    case Exchange.CONFIRM:
      return onConfirm(state, message);
    default:
      return discard(state, `exchange ${exchange}, which does not exist`);
  }
};

/** Nothing but flags, and whatever those say: FreeRADIUS 3.2 leaves them to chance. */
const isAcknowledgement = (data: Uint8Array): boolean => data.length === 1;

/** A message of the server's is worked on once it is whole. */
const onFragment = (state: PwdState, fragment: PwdFragment): PwdStep => {
  const { gathering, ...idle } = state;
  const gathered = gatherPwd(gathering, fragment);
  if (isLeft(gathered)) return discard(state, gathered.left);
  if (gathered.right.isWhole) return onMessage(idle, fragment.exchange, gathered.right.message);
  return emit<PwdState, EapMethodCommand>(
    { ...idle, gathering: gathered.right.gathering },
    { do: 'respond', data: writePwdAcknowledgement(fragment.exchange) },
  );
};

const onRequest = (state: PwdState, data: Uint8Array): PwdStep => {
  const { sending } = state;
  if (sending !== undefined)
    return isAcknowledgement(data) ? sendNext(state, sending) : discard(state, 'no acknowledgement of a fragment');
  const read = readPwdFragment(data);
  return isLeft(read) ? discard(state, read.left.message) : onFragment(state, read.right);
};

/**
 * EAP-pwd (RFC 5931, RFC 8146): both sides prove that they know a password, and neither somebody in between nor a server that does not
 * know it learns enough to search for it. Over the groups the cryptography has: 19, 20 and 21.
 *
 * @since 0.2.0
 */
export const pwd = (): EapPeerMethod<PwdState> => ({
  name: NAME,
  type: EapMethod.codes.PWD,
  yieldsKeys: true,
  begin: (context) => ({ context, progress: { phase: 'begun' } }),
  step: (state, input) => {
    switch (input.kind) {
      case 'request':
        return onRequest(state, input.data);
      case 'supplied':
        return onPassword(state, input.secret);
      case 'meanwhile':
        return onMeanwhile(state);
      case 'tls':
        return stay(state);
    }
  },
  release: releasePwd,
});

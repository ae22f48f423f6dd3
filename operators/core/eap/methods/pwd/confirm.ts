import type { PwdState, PwdStep } from './PwdState.js';
import { pwdConfirm, pwdKeys } from './pwdCrypto.js';
import { Exchange } from './pwdPackets.js';
import { discard, refuse, send } from './sendPwd.js';

/** RFC 5931 2.8.5.4: the server proves that it knows the password, and so do we. */
export const onConfirm = (state: PwdState, message: Uint8Array): PwdStep => {
  const { progress, context } = state;
  if (progress.phase !== 'committed') return discard(state, 'a confirm out of turn');
  const { crypto } = context;
  const { agreement } = progress;
  const expected = pwdConfirm(crypto, agreement, 'server');
  if (message.length !== expected.length)
    return discard(state, `a confirm of ${message.length} octets, expected ${expected.length}`);
  const isProven = crypto.equal(message, expected);
  expected.fill(0);
  if (!isProven)
    return refuse(
      state,
      'wrongPassword',
      'the server knows another password, or none: this one is wrong, or the server is not the right one',
    );
  const own = pwdConfirm(crypto, agreement, 'peer');
  const keys = pwdKeys(crypto, agreement, { peer: own, server: message });
  agreement.k.zeroise();
  return send({ ...state, progress: { phase: 'over' } }, Exchange.CONFIRM, own, keys);
};

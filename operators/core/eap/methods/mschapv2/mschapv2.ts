import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, stay } from '../../../Step.js';
import { eapFault } from '../../EapFault.js';
import type { EapMethodCommand, EapPeerMethod } from '../../EapPeerMethod.js';
import { mschapFault, readMschapFailure } from '../../mschap/failureMessage.js';
import { readMschapSuccess } from '../../mschap/successMessage.js';
import { noPassword } from '../textPassword.js';
import { answerChallenge } from './answerChallenge.js';
import { type Answered, type Challenge, type Mschapv2State, type Mschapv2Step, over, releaseMschapv2 } from './Mschapv2State.js';
import { OpCode, readMschapv2Request } from './mschapv2Packets.js';

const NAME = 'MSCHAPv2';
/** How many other passwords are tried in one conversation, however many the server would let. */
const MAX_RETRIES = 3;

const discard = (state: Mschapv2State, why: string): Mschapv2Step =>
  emit<Mschapv2State, EapMethodCommand>(state, { do: 'discard', why });

const onChallenge = (state: Mschapv2State, challenge: Challenge): Mschapv2Step => {
  if (state.phase !== 'idle') return discard(state, 'a second challenge');
  const { context } = state;
  if (context.password !== undefined) return answerChallenge(context, challenge, context.password, 0);
  const asking: Mschapv2State = { phase: 'asking', context, challenge, retries: 0 };
  return emit<Mschapv2State, EapMethodCommand>(asking, { do: 'ask', want: 'password', message: '' });
};

/** RFC 2759 5: only who knows the password's hash can say so. */
const onSuccess = (state: Mschapv2State, message: Uint8Array): Mschapv2Step => {
  if (state.phase !== 'answered') return discard(state, 'a success before an answer');
  const proof = readMschapSuccess(message);
  const { crypto } = state.context;
  const { msk } = state;
  if (proof === undefined || !crypto.equal(proof, state.proof.reveal())) {
    releaseMschapv2(state);
    const what = proof === undefined ? 'claims success without a proof' : 'does not know the password: its proof is wrong';
    const fault = eapFault('serverUnproven', `the server ${what}`, { method: NAME });
    return emit<Mschapv2State, EapMethodCommand>(over, { do: 'refuse', fault });
  }
  state.proof.zeroise();
  return emit<Mschapv2State, EapMethodCommand>(
    over,
    { do: 'respond', data: Uint8Array.of(OpCode.SUCCESS) },
    { do: 'accept', isFinal: true, isProven: true, keys: { msk } },
  );
};

const retry = ({ context, retries }: Answered, challenge: Challenge, fault: ReturnType<typeof mschapFault>, message: string) => {
  const asking: Mschapv2State = { phase: 'asking', context, challenge, retries: retries + 1, refusal: fault };
  return emit<Mschapv2State, EapMethodCommand>(asking, { do: 'ask', want: 'password', message });
};

/** Acknowledges the refusal, so that the server can end the conversation. */
const giveUp = (fault: ReturnType<typeof mschapFault>): Mschapv2Step =>
  emit<Mschapv2State, EapMethodCommand>(over, { do: 'respond', data: Uint8Array.of(OpCode.FAILURE) }, { do: 'refuse', fault });

const onFailure = (state: Mschapv2State, id: number, message: Uint8Array): Mschapv2Step => {
  if (state.phase !== 'answered') return discard(state, 'a failure before an answer');
  releaseMschapv2(state);
  const failure = readMschapFailure(message);
  if (failure === undefined) return giveUp(eapFault('rejected', 'the server refused, and did not say why', { method: NAME }));
  const fault = mschapFault(NAME, failure);
  const mayRetry = failure.mayRetry && fault.code === 'wrongPassword' && state.retries < MAX_RETRIES;
  return mayRetry && failure.challenge !== undefined
    ? retry(state, { id, value: failure.challenge }, fault, failure.message)
    : giveUp(fault);
};

const onRequest = (state: Mschapv2State, data: Uint8Array): Mschapv2Step => {
  if (state.phase === 'over') return discard(state, `${NAME} is over`);
  const read = readMschapv2Request(data);
  if (isLeft(read)) return discard(state, read.left.message);
  const request = read.right;
  switch (request.op) {
    case 'challenge':
      return onChallenge(state, { id: request.id, value: request.challenge });
    case 'success':
      return onSuccess(state, request.message);
    case 'failure':
      return onFailure(state, request.id, request.message);
  }
};

const onSupplied = (state: Mschapv2State, secret: Secret | undefined): Mschapv2Step => {
  if (state.phase !== 'asking') {
    secret?.zeroise();
    return stay(state);
  }
  const { context, challenge, retries, refusal } = state;
  if (secret === undefined) {
    if (refusal !== undefined) return giveUp(refusal);
    return emit<Mschapv2State, EapMethodCommand>(over, { do: 'refuse', fault: noPassword(NAME, context) });
  }
  const step = answerChallenge(context, challenge, { form: 'text', secret }, retries);
  secret.zeroise();
  return step;
};

/**
 * EAP-MSCHAPv2 (draft-kamath-pppext-eap-mschapv2-02), bare or inside of a tunnel: both sides prove that they know the password, or
 * its hash. To whoever listens it gives away enough to search for the password, so it belongs into a tunnel.
 *
 * @since 0.2.0
 */
export const mschapv2 = (): EapPeerMethod<Mschapv2State> => ({
  name: NAME,
  type: EapMethod.codes.MSCHAPV2,
  yieldsKeys: true,
  begin: (context) => ({ phase: 'idle', context }),
  step: (state, input) => {
    switch (input.kind) {
      case 'request':
        return onRequest(state, input.data);
      case 'supplied':
        return onSupplied(state, input.secret);
      case 'tls':
      case 'meanwhile':
        return stay(state);
    }
  },
  release: releaseMschapv2,
});

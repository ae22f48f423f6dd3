import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, type Step, stay } from '../../../Step.js';
import { chapResponse } from '../../chapResponse.js';
import type { EapMethodCommand, EapMethodContext, EapPeerMethod } from '../../EapPeerMethod.js';
import { noPassword, refusedPassword, textPassword } from '../textPassword.js';
import { readMd5Challenge } from './md5Challenge.js';

const NAME = 'MD5-Challenge';

interface Challenge {
  readonly identifier: number;
  readonly value: Uint8Array;
}

interface Md5State {
  readonly context: EapMethodContext;
  /** What is to be answered once there is a password. */
  readonly asked?: Challenge;
}

type Md5Step = Step<Md5State, EapMethodCommand>;

const answer = (context: EapMethodContext, { identifier, value }: Challenge, password: Secret): Md5Step => {
  const response = chapResponse(context.crypto, identifier, password.reveal(), value);
  return emit<Md5State, EapMethodCommand>(
    { context },
    { do: 'explain', fault: refusedPassword(NAME) },
    { do: 'respond', data: Uint8Array.of(response.length, ...response) },
    { do: 'accept', isFinal: true },
  );
};

const onRequest = ({ context }: Md5State, identifier: number, data: Uint8Array): Md5Step => {
  const read = readMd5Challenge(data);
  if (isLeft(read)) return emit<Md5State, EapMethodCommand>({ context }, { do: 'discard', why: read.left.message });
  const challenge = { identifier, value: read.right };
  const password = textPassword(context);
  return password === undefined
    ? emit<Md5State, EapMethodCommand>({ context, asked: challenge }, { do: 'ask', want: 'password', message: '' })
    : answer(context, challenge, password);
};

const onSupplied = ({ context, asked }: Md5State, secret: Secret | undefined): Md5Step => {
  if (secret === undefined)
    return emit<Md5State, EapMethodCommand>({ context }, { do: 'refuse', fault: noPassword(NAME, context) });
  const step = asked === undefined ? stay({ context }) : answer(context, asked, secret);
  secret.zeroise();
  return step;
};

/**
 * MD5-Challenge (RFC 3748 5.4): the peer shows that it knows the password, and the server shows nothing. It makes no keys, so it is
 * of no use where a link is to be encrypted.
 *
 * @since 0.2.0
 */
export const md5 = (): EapPeerMethod<Md5State> => ({
  name: NAME,
  type: EapMethod.codes.MD5_CHALLENGE,
  yieldsKeys: false,
  begin: (context) => ({ context }),
  step: (state, input) => {
    switch (input.kind) {
      case 'request':
        return onRequest(state, input.identifier, input.data);
      case 'supplied':
        return onSupplied(state, input.secret);
      case 'tls':
      case 'meanwhile':
        return stay(state);
    }
  },
  release: () => {
    // The password is the context's, and a supplied one is gone with its answer.
  },
});

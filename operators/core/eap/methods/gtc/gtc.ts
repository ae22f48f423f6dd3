import type { Secret } from '../../../../../streams/events/index.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, type Step, stay } from '../../../Step.js';
import type { EapMethodCommand, EapMethodContext, EapPeerMethod } from '../../EapPeerMethod.js';
import { notificationText } from '../../peer/notificationText.js';
import { noPassword, refusedPassword, textPassword } from '../textPassword.js';

const NAME = 'GTC';

interface GtcState {
  readonly context: EapMethodContext;
  /** The password is good for one question; whatever else the server wants to know, a person has to say. */
  readonly hasAnswered: boolean;
}

type GtcStep = Step<GtcState, EapMethodCommand>;

const answer = (context: EapMethodContext, secret: Secret): ReadonlyArray<EapMethodCommand> => {
  const data = Uint8Array.from(secret.reveal());
  return data.length > context.room
    ? [{ do: 'discard', why: `an answer of ${data.length} octets, and there is room for ${context.room}` }]
    : [
        { do: 'explain', fault: refusedPassword(NAME) },
        { do: 'respond', data },
        { do: 'accept', isFinal: false },
      ];
};

const onRequest = ({ context, hasAnswered }: GtcState, data: Uint8Array): GtcStep => {
  const message = notificationText(data);
  const shown: ReadonlyArray<EapMethodCommand> =
    message === '' ? [] : [{ do: 'report', note: { kind: 'notification', text: message } }];
  const password = hasAnswered ? undefined : textPassword(context);
  return password === undefined
    ? emit<GtcState, EapMethodCommand>({ context, hasAnswered }, ...shown, { do: 'ask', want: 'token', message })
    : emit<GtcState, EapMethodCommand>({ context, hasAnswered: true }, ...shown, ...answer(context, password));
};

const onSupplied = ({ context }: GtcState, secret: Secret | undefined): GtcStep => {
  const next = { context, hasAnswered: true };
  if (secret === undefined) return emit<GtcState, EapMethodCommand>(next, { do: 'refuse', fault: noPassword(NAME, context) });
  const commands = answer(context, secret);
  secret.zeroise();
  return emit(next, ...commands);
};

/**
 * Generic Token Card (RFC 3748 5.6): the server shows a message, and whoever reads it answers, in the clear. The first question is
 * answered with the password where there is one. It makes no keys and is to be used inside of a tunnel alone.
 *
 * @since 0.2.0
 */
export const gtc = (): EapPeerMethod<GtcState> => ({
  name: NAME,
  type: EapMethod.codes.GTC,
  yieldsKeys: false,
  begin: (context) => ({ context, hasAnswered: false }),
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
  release: () => {
    // The password is the context's, and a supplied one is gone with its answer.
  },
});

import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, stay } from '../../../Step.js';
import { eapFault } from '../../EapFault.js';
import type { EapPeerMethod } from '../../EapPeerMethod.js';
import { keysOfSession, releaseSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { TunnelState } from '../../tunnel/TunnelState.js';
import type { InsideCommand, InsideInput, InsideStep, TunnelUse } from '../../tunnel/TunnelUse.js';
import { tunnelMethod } from '../../tunnel/tunnelMethod.js';

const NAME = 'TLS';
const COMMITMENT = 0;

interface TlsInside {
  readonly isInner: boolean;
  readonly session?: TunnelSession;
}

type Message = Extract<InsideInput, { kind: 'message' }>;

const go = (state: TlsInside, ...commands: ReadonlyArray<InsideCommand>): InsideStep<TlsInside> =>
  emit<TlsInside, InsideCommand>(state, ...commands);

const refuse = (state: TlsInside, message: string): InsideStep<TlsInside> =>
  go(state, { do: 'acknowledge' }, { do: 'refuse', fault: eapFault('outOfTurn', message, { method: NAME }) });

/**
 * Up to TLS 1.2 the Finished of the server is all the proof there is (RFC 5216 2.1.3). Inside of a tunnel, which protects the result
 * itself, not all servers commit themselves once more.
 */
const onEstablished = (state: TlsInside, session: TunnelSession): InsideStep<TlsInside> => {
  const next = { ...state, session };
  if (session.isVersion13 && !state.isInner) return stay(next);
  return go(next, { do: 'accept', isFinal: !session.isVersion13, keys: keysOfSession(session) });
};

/** RFC 9190 2.1.1, 2.5: an octet of zero in the tunnel commits the server, and only after it a Success is believed. */
const onCommitment = (state: TlsInside, session: TunnelSession, { plain, isEarly }: Message): InsideStep<TlsInside> => {
  if (plain.length === 0) return go(state, { do: 'acknowledge' });
  if (plain.length > 1 || plain[0] !== COMMITMENT)
    return refuse(state, 'the server sent data through the tunnel, and EAP-TLS has none');
  if (isEarly) return refuse(state, 'the server committed itself before the handshake was over');
  return go(state, { do: 'acknowledge' }, { do: 'accept', isFinal: true, isProven: true, keys: keysOfSession(session) });
};

const onMessage = (state: TlsInside, message: Message): InsideStep<TlsInside> => {
  const { session } = state;
  if (session?.isVersion13) return onCommitment(state, session, message);
  return message.plain.length === 0
    ? go(state, { do: 'acknowledge' })
    : refuse(state, 'the server sent data through the tunnel, and EAP-TLS has none');
};

const use: TunnelUse<TlsInside> = {
  name: NAME,
  keys: { type: EapMethod.codes.TLS, label: 'client EAP encryption' },
  presentsCertificate: true,
  announcesLength: false,
  begin: ({ isInner = false }) => ({ isInner }),
  step: (state, input) => {
    if (input.kind === 'established') return onEstablished(state, input.session);
    return input.kind === 'message' ? onMessage(state, input) : stay(state);
  },
  release: ({ session }) => releaseSession(session),
};

/**
 * EAP-TLS (RFC 5216, RFC 9190): both sides show certificates, and nothing is said inside of the tunnel but that it worked.
 *
 * @since 0.2.0
 */
export const eapTls = (): EapPeerMethod<TunnelState<TlsInside>> => tunnelMethod(use);

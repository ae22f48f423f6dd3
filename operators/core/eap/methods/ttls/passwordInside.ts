import { isLeft } from 'fp-ts/lib/Either.js';
import type { Secret } from '../../../../../streams/events/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import { emit } from '../../../Step.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { PeerPassword } from '../../EapPeerMethod.js';
import { mschapFault, readMschapFailure } from '../../mschap/failureMessage.js';
import { readMschapSuccess } from '../../mschap/successMessage.js';
import { keysOfSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { InsideCommand } from '../../tunnel/TunnelUse.js';
import { noPassword, refusedPassword } from '../textPassword.js';
import { type Avp, isAvp, MICROSOFT, MicrosoftAvp, writeAvps } from './avp.js';
import { showPassword } from './showPassword.js';
import { TTLS_NAME, type TtlsPasswordKind, type TtlsState, type TtlsStep } from './TtlsState.js';

const EMPTY = new Uint8Array(0);

const go = (state: TtlsState, ...commands: ReadonlyArray<InsideCommand>): TtlsStep =>
  emit<TtlsState, InsideCommand>(state, ...commands);

const refuse = (state: TtlsState, fault: EapFault): TtlsStep => go(state, { do: 'acknowledge' }, { do: 'refuse', fault });

const show = (state: TtlsState, session: TunnelSession, kind: TtlsPasswordKind, password: PeerPassword): TtlsStep => {
  const shown = showPassword(state.context, kind, password, session.challenge?.reveal() ?? EMPTY);
  if (isLeft(shown)) return refuse(state, shown.left);
  const { avps, proof } = shown.right;
  const write: InsideCommand = { do: 'write', plain: writeAvps(avps) };
  const explain: InsideCommand = { do: 'explain', fault: refusedPassword(TTLS_NAME) };
  if (proof !== undefined) return go({ ...state, hasBegun: true, proof }, explain, write);
  // Of these the outcome is the server's Success, and nothing else (RFC 5281 11.2).
  const keys = keysOfSession(session);
  return go({ ...state, hasBegun: true, isAccepted: true }, explain, write, { do: 'accept', isFinal: false, keys });
};

/** Shows the password; where there is none, somebody is asked for it first. */
export const beginWithPassword = (state: TtlsState, session: TunnelSession, kind: TtlsPasswordKind): TtlsStep => {
  const { password } = state.context;
  return password === undefined ? go(state, { do: 'ask', want: 'password', message: '' }) : show(state, session, kind, password);
};

export const onSupplied = (
  state: TtlsState,
  session: TunnelSession,
  kind: TtlsPasswordKind,
  secret: Secret | undefined,
): TtlsStep => {
  if (secret === undefined) return refuse(state, noPassword(TTLS_NAME, state.context));
  const step = show(state, session, kind, { form: 'text', secret });
  secret.zeroise();
  return step;
};

/** RFC 2548 2.3.3: the identifier of our response, and the proof in hex. */
const isProven = ({ context, proof }: TtlsState, data: Uint8Array): boolean => {
  const claimed = readMschapSuccess(data.subarray(1));
  if (claimed === undefined || proof === undefined) return false;
  return context.crypto.equal(joined(data.subarray(0, 1), claimed), proof.reveal());
};

const onSuccess = (state: TtlsState, session: TunnelSession, data: Uint8Array): TtlsStep => {
  if (!isProven(state, data)) {
    const message = 'the server does not know the password: its proof is wrong';
    return refuse(state, eapFault('serverUnproven', message, { method: TTLS_NAME }));
  }
  state.proof?.zeroise();
  const { proof: _, ...rest } = state;
  const keys = keysOfSession(session);
  // Acknowledged with nothing (RFC 5281 11.2.4).
  return go({ ...rest, isAccepted: true }, { do: 'acknowledge' }, { do: 'accept', isFinal: true, keys });
};

const onError = (state: TtlsState, data: Uint8Array): TtlsStep => {
  const failure = readMschapFailure(data.subarray(1));
  if (failure !== undefined) return refuse(state, mschapFault(TTLS_NAME, failure));
  return refuse(state, eapFault('rejected', 'the server refused the password', { method: TTLS_NAME }));
};

/** What the server says to the password. */
export const onReply = (state: TtlsState, session: TunnelSession, avps: ReadonlyArray<Avp>): TtlsStep => {
  const error = avps.find((one) => isAvp(one, MicrosoftAvp.CHAP_ERROR, MICROSOFT));
  if (error !== undefined) return onError(state, error.data);
  const success = avps.find((one) => isAvp(one, MicrosoftAvp.CHAP2_SUCCESS, MICROSOFT));
  return success !== undefined && state.kind === 'mschapv2' && state.proof !== undefined
    ? onSuccess(state, session, success.data)
    : go(state, { do: 'acknowledge' });
};

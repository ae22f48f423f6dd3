import { isLeft } from 'fp-ts/lib/Either.js';
import { EapMethod } from '../../../../../streams/frames/index.js';
import { emit, stay } from '../../../Step.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { EapMethodContext, EapPeerMethod } from '../../EapPeerMethod.js';
import { innerPeer } from '../../tunnel/innerPeer.js';
import { keysOfSession, releaseSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { TunnelState } from '../../tunnel/TunnelState.js';
import type { InsideCommand, InsideInput, TunnelUse } from '../../tunnel/TunnelUse.js';
import { tunnelMethod } from '../../tunnel/tunnelMethod.js';
import { type Avp, AvpCode, MICROSOFT, MicrosoftAvp, readAvps } from './avp.js';
import { beginWithEap, letPeer, onEapReply } from './eapInside.js';
import { beginWithPassword, onReply, onSupplied } from './passwordInside.js';
import { CHALLENGE_SIZES } from './showPassword.js';
import { TTLS_NAME, type TtlsInner, type TtlsState, type TtlsStep } from './TtlsState.js';

const KNOWN: ReadonlyArray<number> = [AvpCode.EAP_MESSAGE, AvpCode.REPLY_MESSAGE];
const KNOWN_OF_MICROSOFT: ReadonlyArray<number> = [MicrosoftAvp.CHAP_ERROR, MicrosoftAvp.CHAP2_SUCCESS];

/** How TTLS is done. */
export interface TtlsOptions {
  readonly inner: TtlsInner;
}

type Message = Extract<InsideInput, { kind: 'message' }>;

const go = (state: TtlsState, ...commands: ReadonlyArray<InsideCommand>): TtlsStep =>
  emit<TtlsState, InsideCommand>(state, ...commands);

const refuse = (state: TtlsState, fault: EapFault): TtlsStep => go(state, { do: 'acknowledge' }, { do: 'refuse', fault });

const isKnown = ({ code, vendor }: Avp): boolean =>
  vendor === 0 ? KNOWN.includes(code) : vendor === MICROSOFT && KNOWN_OF_MICROSOFT.includes(code);

const start = (state: TtlsState, session: TunnelSession): TtlsStep => {
  const { eap, kind } = state;
  if (eap !== undefined) return beginWithEap(state, eap, session);
  return kind === 'eap' ? stay(state) : beginWithPassword(state, session, kind);
};

/** A session that is taken up again needs nothing inside of it. Only from TLS 1.3 on do servers say more than Success, and not all. */
const onEstablished = (before: TtlsState, session: TunnelSession): TtlsStep => {
  const state = { ...before, session };
  if (!session.isResumed) return stay(state);
  return go({ ...state, isAccepted: true }, { do: 'accept', isFinal: false, keys: keysOfSession(session) });
};

/** RFC 9427 4: the octet of zero by which a server of TLS 1.3 says that a session taken up again is enough. */
const isCommitment = ({ isVersion13 }: TunnelSession, { plain, isEarly }: Message): boolean =>
  isVersion13 && !isEarly && plain.length === 1 && plain[0] === 0;

const onCommitment = (state: TtlsState, session: TunnelSession): TtlsStep => {
  if (!session.isResumed || state.hasBegun) return go(state, { do: 'acknowledge' });
  const keys = keysOfSession(session);
  return go({ ...state, isAccepted: true }, { do: 'acknowledge' }, { do: 'accept', isFinal: true, isProven: true, keys });
};

const onAvps = (state: TtlsState, session: TunnelSession, plain: Uint8Array): TtlsStep => {
  const read = readAvps(plain);
  if (isLeft(read)) return refuse(state, eapFault('malformed', read.left.message, { method: TTLS_NAME }));
  const avps = read.right;
  const foreign = avps.find((one) => one.isMandatory && !isKnown(one));
  if (foreign !== undefined) {
    const vendor = foreign.vendor === 0 ? '' : ` of vendor ${foreign.vendor}`;
    const message = `the server insists on AVP ${foreign.code}${vendor}, which is not known here`;
    return refuse(state, eapFault('outOfTurn', message, { method: TTLS_NAME }));
  }
  return state.eap === undefined ? onReply(state, session, avps) : onEapReply(state, state.eap, session, avps);
};

const onMessage = (state: TtlsState, message: Message): TtlsStep => {
  const { session, hasBegun } = state;
  if (session === undefined) return go(state, { do: 'acknowledge' });
  if (isCommitment(session, message)) return onCommitment(state, session);
  if (message.plain.length > 0) return onAvps(state, session, message.plain);
  return hasBegun ? go(state, { do: 'acknowledge' }) : start(state, session);
};

const onReturn = (state: TtlsState, input: Exclude<InsideInput, { kind: 'established' | 'message' }>): TtlsStep => {
  const { session, eap, kind } = state;
  if (session === undefined) return stay(state);
  if (eap !== undefined) return letPeer(state, eap, session, input);
  return input.kind === 'supplied' && kind !== 'eap' ? onSupplied(state, session, kind, input.secret) : stay(state);
};

const begin =
  (inner: TtlsInner) =>
  (context: EapMethodContext): TtlsState => {
    const state = { context, kind: inner.kind, hasBegun: false, isAccepted: false };
    if (inner.kind !== 'eap') return state;
    const peer = innerPeer(context, inner.methods);
    return { ...state, eap: { peer, state: peer.initial } };
  };

const challengeOf = ({ kind }: TtlsInner) => {
  const octets = kind === 'eap' ? 0 : CHALLENGE_SIZES[kind];
  return octets === 0 ? {} : { challenge: { label: 'ttls challenge', octets } };
};

const use = ({ inner }: TtlsOptions): TunnelUse<TtlsState> => ({
  name: TTLS_NAME,
  keys: { type: EapMethod.codes.TTLS, label: 'ttls keying material', ...challengeOf(inner) },
  presentsCertificate: false,
  announcesLength: false,
  begin: begin(inner),
  step: (state, input) => {
    if (input.kind === 'established') return onEstablished(state, input.session);
    return input.kind === 'message' ? onMessage(state, input) : onReturn(state, input);
  },
  release: ({ eap, session, proof }) => {
    eap?.peer.release(eap.state);
    proof?.zeroise();
    releaseSession(session);
  },
});

/**
 * TTLS version 0 (RFC 5281, RFC 9427 2.4): a password in one of four ways, or an EAP of its own, inside of TLS.
 *
 * @example
 * ttls({ inner: { kind: 'pap' } });
 *
 * @since 0.2.0
 */
export const ttls = (options: TtlsOptions): EapPeerMethod<TunnelState<TtlsState>> => tunnelMethod(use(options));

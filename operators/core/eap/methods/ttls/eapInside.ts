import { EapCode, EapMethod } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import { emit } from '../../../Step.js';
import { explanationOf } from '../../peer/conclude.js';
import type { PeerInput } from '../../peer/Peer.js';
import { hasAccepted, type InnerStep, stepInner } from '../../tunnel/innerPeer.js';
import { keysOfSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { InsideCommand } from '../../tunnel/TunnelUse.js';
import { type Avp, AvpCode, avp, isAvp, writeAvps } from './avp.js';
import type { TtlsEap, TtlsState, TtlsStep } from './TtlsState.js';

const { REQUEST } = EapCode.codes;

/** The client speaks first, as if it had been asked who it is (RFC 5281 11.2.1). */
const WHO_IS_IT = Uint8Array.of(REQUEST, 0, 0, 5, EapMethod.codes.IDENTITY);

const go = (state: TtlsState, ...commands: ReadonlyArray<InsideCommand>): TtlsStep =>
  emit<TtlsState, InsideCommand>(state, ...commands);

const answerOf = ({ packet, isBusy, end }: InnerStep): ReadonlyArray<InsideCommand> => {
  if (packet !== undefined) return [{ do: 'write', plain: writeAvps([avp(AvpCode.EAP_MESSAGE, packet)]) }];
  if (end !== undefined) return [{ do: 'acknowledge' }];
  return isBusy ? [] : [{ do: 'discard', why: 'the inner method had no answer' }];
};

/** The inner keys do not count: those of the tunnel are all there are (RFC 5281 8). */
const forgetKeys = ({ end }: InnerStep): void => {
  if (!end?.isSuccess) return;
  end.keys?.msk.zeroise();
  end.keys?.emsk?.zeroise();
};

/** Something for the inner peer. The server's outer Success is the inner one as well, once the inner method has accepted it. */
export const letPeer = (state: TtlsState, eap: TtlsEap, session: TunnelSession, input: PeerInput): TtlsStep => {
  const step = stepInner(eap.peer, eap.state, input);
  forgetKeys(step);
  const next = { ...state, hasBegun: true, eap: { ...eap, state: step.state } };
  const explanation = explanationOf(step.state);
  const explained: ReadonlyArray<InsideCommand> = explanation === undefined ? [] : [{ do: 'explain', fault: explanation }];
  const said = [...step.commands, ...explained, ...answerOf(step)];
  if (step.end?.isSuccess === false) return go(next, ...said, { do: 'refuse', fault: step.end.fault });
  const isNew = !state.isAccepted && (step.end?.isSuccess === true || hasAccepted(step.state));
  if (!isNew) return go(next, ...said);
  return go({ ...next, isAccepted: true }, ...said, { do: 'accept', isFinal: false, keys: keysOfSession(session) });
};

export const beginWithEap = (state: TtlsState, eap: TtlsEap, session: TunnelSession): TtlsStep =>
  letPeer(state, eap, session, { kind: 'packet', packet: WHO_IS_IT });

/** What the server says; an EAP packet may be cut into several AVPs. */
export const onEapReply = (state: TtlsState, eap: TtlsEap, session: TunnelSession, avps: ReadonlyArray<Avp>): TtlsStep => {
  const pieces = avps.filter((one) => isAvp(one, AvpCode.EAP_MESSAGE));
  return pieces.length === 0
    ? go(state, { do: 'acknowledge' })
    : letPeer(state, eap, session, { kind: 'packet', packet: joined(...pieces.map(({ data }) => data)) });
};

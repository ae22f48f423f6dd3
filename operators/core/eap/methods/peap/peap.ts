import { isLeft } from 'fp-ts/lib/Either.js';
import { EapCode, EapMethod } from '../../../../../streams/frames/index.js';
import { emit, stay } from '../../../Step.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { EapMethodContext, EapPeerMethod } from '../../EapPeerMethod.js';
import { explanationOf } from '../../peer/conclude.js';
import type { PeerInput } from '../../peer/Peer.js';
import { innerPeer, stepInner } from '../../tunnel/innerPeer.js';
import { releaseSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { TunnelState } from '../../tunnel/TunnelState.js';
import type { InsideCommand, InsideInput, TunnelUse } from '../../tunnel/TunnelUse.js';
import { tunnelMethod } from '../../tunnel/tunnelMethod.js';
import { conclude, concludeBadly } from './conclude.js';
import {
  type Extension,
  ExtensionType,
  extensionsResponse,
  nakExtension,
  ResultValue,
  readExtensions,
  resultOf,
} from './extensions.js';
import { extensionsRequest, withHeader, withoutHeader } from './innerPacket.js';
import { type Cryptobinding, PEAP_NAME, type PeapState, type PeapStep } from './PeapState.js';

const { SUCCESS, FAILURE } = EapCode.codes;
/** RFC 9427 4: what a server of TLS 1.3 says first in a session taken up again. Its result comes as in any other. */
const COMMITMENT = 0;
const KNOWN: ReadonlyArray<number> = Object.values(ExtensionType);

/** How PEAP is done. */
export interface PeapOptions {
  /** What may be done inside of the tunnel, in the order in which it is wished for. */
  readonly inner: ReadonlyArray<EapPeerMethod>;
  /** `offer` by default. */
  readonly cryptobinding?: Cryptobinding;
}

const go = (state: PeapState, ...commands: ReadonlyArray<InsideCommand>): PeapStep =>
  emit<PeapState, InsideCommand>(state, ...commands);

/** What the server's refusal inside of the tunnel comes to, where it gave no reason. */
const refusal = ({ inner }: PeapState, message: string): EapFault => {
  const isOfPassword = explanationOf(inner)?.isOfPassword === true;
  return eapFault('rejected', message, { method: PEAP_NAME, ...(isOfPassword && { isOfPassword }) });
};

const refused = (state: PeapState, message: string): PeapStep =>
  go(state, { do: 'acknowledge' }, { do: 'refuse', fault: refusal(state, message) });

/** Something for the inner peer, or back for it. */
const letPeer = (state: PeapState, input: PeerInput): PeapStep => {
  const { state: inner, packet, end, commands, isBusy } = stepInner(state.peer, state.inner, input);
  const fault = end?.isSuccess === false ? end.fault : state.fault;
  const next = { ...state, inner, hasBegun: true, ...(fault && { fault }) };
  const explanation = fault ?? explanationOf(inner);
  const explained: ReadonlyArray<InsideCommand> = explanation === undefined ? [] : [{ do: 'explain', fault: explanation }];
  if (packet !== undefined) return go(next, ...commands, ...explained, { do: 'write', plain: withoutHeader(packet) });
  if (fault !== undefined) {
    const failed = concludeBadly(next, next.identifier, fault);
    return { state: failed.state, effects: [...commands, ...failed.effects] };
  }
  return isBusy ? go(next, ...commands) : go(next, ...commands, { do: 'discard', why: 'the inner method had no answer' });
};

const onExtensions = (
  state: PeapState,
  session: TunnelSession,
  identifier: number,
  extensions: ReadonlyArray<Extension>,
): PeapStep => {
  const unknown = extensions.find(({ type, isMandatory }) => isMandatory && !KNOWN.includes(type));
  if (unknown !== undefined)
    return go(state, { do: 'write', plain: extensionsResponse(identifier, [nakExtension(unknown.type)]) });
  switch (resultOf(extensions)) {
    case ResultValue.SUCCESS:
      return conclude(state, session, identifier, extensions);
    case ResultValue.FAILURE: {
      const fault = state.fault ?? refusal(state, 'the server reports a failure inside of the tunnel');
      return concludeBadly(state, identifier, fault);
    }
    default:
      return go(state, { do: 'discard', why: 'extensions without a result' });
  }
};

const onMessage = (state: PeapState, { identifier, plain }: Extract<InsideInput, { kind: 'message' }>): PeapStep => {
  const { session } = state;
  if (session === undefined || plain.length === 0) return go(state, { do: 'acknowledge' });
  if (session.isVersion13 && plain.length === 1 && plain[0] === COMMITMENT) return go(state, { do: 'acknowledge' });
  const packet = withHeader(identifier, plain);
  const request = extensionsRequest(packet);
  if (request !== undefined) {
    const extensions = readExtensions(request.data);
    if (isLeft(extensions))
      return concludeBadly(state, request.identifier, eapFault('malformed', extensions.left.message, { method: PEAP_NAME }));
    return onExtensions(state, session, request.identifier, extensions.right);
  }
  if (state.fault !== undefined) return concludeBadly(state, identifier, state.fault);
  if (packet[0] === FAILURE) return refused(state, 'the server sent a Failure inside of the tunnel');
  if (packet[0] === SUCCESS)
    return go(state, { do: 'discard', why: 'a Success inside of the tunnel, which PEAP version 0 has not' });
  return letPeer({ ...state, identifier }, { kind: 'packet', packet });
};

const begin =
  ({ inner, cryptobinding = 'offer' }: PeapOptions) =>
  (context: EapMethodContext): PeapState => {
    const peer = innerPeer(context, inner);
    return { context, cryptobinding, peer, inner: peer.initial, identifier: 0, hasBegun: false };
  };

const use = (options: PeapOptions): TunnelUse<PeapState> => ({
  name: PEAP_NAME,
  keys: { type: EapMethod.codes.PEAP, label: 'client EAP encryption' },
  presentsCertificate: false,
  announcesLength: true,
  begin: begin(options),
  step: (state, input) => {
    if (input.kind === 'established') return stay({ ...state, session: input.session });
    return input.kind === 'message' ? onMessage(state, input) : letPeer(state, input);
  },
  release: ({ peer, inner, session }) => {
    peer.release(inner);
    releaseSession(session);
  },
});

/**
 * PEAP version 0 ([MS-PEAP], RFC 9427 2.5): an EAP of its own inside of TLS, and a result both sides confirm there. With
 * cryptobinding each side proves to the other that the inner method and the tunnel end with the same one.
 *
 * @example
 * peap({ inner: [mschapv2()], cryptobinding: 'require' });
 *
 * @since 0.2.0
 */
export const peap = (options: PeapOptions): EapPeerMethod<TunnelState<PeapState>> => tunnelMethod(use(options));

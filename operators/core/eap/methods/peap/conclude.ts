import { Secret } from '../../../../../streams/events/index.js';
import type { Crypto } from '../../../crypto/index.js';
import { emit } from '../../../Step.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { EapKeys } from '../../EapPeerMethod.js';
import { type InnerEnd, stepInner } from '../../tunnel/innerPeer.js';
import { keysOfSession, type TunnelSession } from '../../tunnel/TunnelSession.js';
import type { InsideCommand } from '../../tunnel/TunnelUse.js';
import { type CompoundKeys, compoundKeys, compoundSessionKey, zeroiseCompoundKeys } from './compoundKeys.js';
import { bindingResponse, isBindingGood } from './cryptoBinding.js';
import { type Extension, ExtensionType, extensionsResponse, ResultValue, resultExtension } from './extensions.js';
import { PEAP_NAME, type PeapState, type PeapStep } from './PeapState.js';

const MSK_SIZE = 64;

/** Tells the server that it failed, in the tunnel, and refuses. */
export const concludeBadly = (state: PeapState, identifier: number, fault: EapFault): PeapStep =>
  emit<PeapState, InsideCommand>(
    state,
    { do: 'write', plain: extensionsResponse(identifier, [resultExtension(ResultValue.FAILURE)]) },
    { do: 'refuse', fault },
  );

const unproven = (message: string): EapFault => eapFault('serverUnproven', message, { method: PEAP_NAME });

const accept = (state: PeapState, identifier: number, keys: EapKeys, more: ReadonlyArray<Extension>): PeapStep =>
  emit<PeapState, InsideCommand>(
    state,
    { do: 'write', plain: extensionsResponse(identifier, [resultExtension(ResultValue.SUCCESS), ...more]) },
    { do: 'accept', isFinal: true, keys },
  );

/** The keys both sides have when each has seen the other's binding ([MS-PEAP] 3.1.5.7). */
const boundKeys = (crypto: Crypto, compound: CompoundKeys, { sessionId }: TunnelSession): EapKeys => {
  const csk = compoundSessionKey(crypto, compound);
  const keys = { msk: Secret.of(csk, 0, MSK_SIZE), emsk: Secret.of(csk, MSK_SIZE), ...(sessionId && { sessionId }) };
  csk.fill(0);
  return keys;
};

const bind = (
  state: PeapState,
  session: TunnelSession,
  identifier: number,
  binding: Extension,
  innerMsk: Uint8Array | undefined,
): PeapStep => {
  const { crypto } = state.context;
  const compound = compoundKeys(crypto, session.keyMaterial.reveal(), innerMsk);
  const step = isBindingGood(crypto, compound, binding)
    ? accept(state, identifier, boundKeys(crypto, compound, session), [bindingResponse(crypto, compound, binding)])
    : concludeBadly(
        state,
        identifier,
        unproven('the server does not know the keys of the inner method: the tunnel ends elsewhere'),
      );
  zeroiseCompoundKeys(compound);
  return step;
};

const onInnerSuccess = (
  state: PeapState,
  session: TunnelSession,
  identifier: number,
  extensions: ReadonlyArray<Extension>,
  innerMsk: Uint8Array | undefined,
): PeapStep => {
  const { cryptobinding } = state;
  const binding = extensions.find(({ type }) => type === ExtensionType.CRYPTO_BINDING);
  if (binding !== undefined && cryptobinding !== 'never') return bind(state, session, identifier, binding, innerMsk);
  if (cryptobinding === 'require')
    return concludeBadly(state, identifier, unproven('the server does not bind the inner method to the tunnel, and it has to'));
  return accept(state, identifier, keysOfSession(session), []);
};

/** What the inner method is without keys of its own counts as 32 octets of zero. */
const NO_KEYS = new Uint8Array(0);

const onInnerEnd = (
  state: PeapState,
  session: TunnelSession,
  identifier: number,
  extensions: ReadonlyArray<Extension>,
  end: InnerEnd,
): PeapStep => {
  if (!end.isSuccess) return concludeBadly(state, identifier, end.fault);
  const { keys } = end;
  const step = onInnerSuccess(state, session, identifier, extensions, keys?.msk.reveal() ?? NO_KEYS);
  keys?.msk.zeroise();
  keys?.emsk?.zeroise();
  return step;
};

/** The server says that all is well ([MS-PEAP] 3.2.5.4.7). In a session taken up again that may be all it says. */
export const conclude = (
  state: PeapState,
  session: TunnelSession,
  identifier: number,
  extensions: ReadonlyArray<Extension>,
): PeapStep => {
  if (state.fault !== undefined) return concludeBadly(state, identifier, state.fault);
  if (!state.hasBegun)
    return session.isResumed
      ? onInnerSuccess(state, session, identifier, extensions, undefined)
      : concludeBadly(state, identifier, unproven('the server claims success before anything was proven inside of the tunnel'));
  const { state: inner, end } = stepInner(state.peer, state.inner, { kind: 'told', isSuccess: true });
  const ended = end ?? { isSuccess: false as const, fault: unproven('the inner method came to no end') };
  return onInnerEnd({ ...state, inner }, session, identifier, extensions, ended);
};

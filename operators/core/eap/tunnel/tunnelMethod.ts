import { stay } from '../../Step.js';
import type { EapMethodReturn, EapPeerMethod } from '../EapPeerMethod.js';
import { destroyVerdicts } from './destroyVerdicts.js';
import { forInside, letInside, OUTER_SESSION } from './inside.js';
import { onRequest } from './onRequest.js';
import { destroyKeys, onTurn } from './onTurn.js';
import type { TunnelState, TunnelStep } from './TunnelState.js';
import type { TunnelUse } from './TunnelUse.js';

const EMPTY = new Uint8Array(0);

const onReturn = <S>(use: TunnelUse<S>, state: TunnelState<S>, input: EapMethodReturn): TunnelStep<S> => {
  if (input.kind === 'tls' && input.session === OUTER_SESSION) return onTurn(use, state, input.turn);
  const inner = forInside(input);
  if (inner !== undefined && state.phase.at === 'inside') return letInside(use, state, inner);
  if (input.kind === 'tls') destroyKeys(input.turn);
  else input.secret?.zeroise();
  return stay(state);
};

/**
 * What all methods share that have a TLS session between themselves and EAP (RFC 5216 2.1, RFC 5281 9, [MS-PEAP] 3.1.5): the start,
 * fragments and their acknowledgements both ways, the handshake, alerts, and the keys. Nothing of `use` hears anything before the
 * session stands, which is after the server's certificate was found good; so nothing secret leaves before that.
 */
export const tunnelMethod = <S>(use: TunnelUse<S>): EapPeerMethod<TunnelState<S>> => ({
  name: use.name,
  type: use.keys.type,
  yieldsKeys: true,
  begin: (context) => ({
    ...{ phase: { at: 'start' }, inside: use.begin(context), room: context.room, isInner: context.isInner === true },
    ...{ randoms: {}, isStanding: false, isAccepted: false, records: EMPTY, verdicts: [] },
  }),
  step: (state, input) => {
    if (input.kind === 'meanwhile') return stay(state);
    return input.kind === 'request' ? onRequest(use, state, input) : onReturn(use, state, input);
  },
  release: ({ inside, verdicts }) => {
    use.release(inside);
    destroyVerdicts(verdicts);
  },
});

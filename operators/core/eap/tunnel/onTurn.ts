import { isLeft } from 'fp-ts/lib/Either.js';
import { andThen, emit, stay } from '../../Step.js';
import { type EapFault, eapFault } from '../EapFault.js';
import type { EapMethodCommand } from '../EapPeerMethod.js';
import type { TlsEstablished, TlsTurn } from '../tls/Tls.js';
import { destroyVerdicts } from './destroyVerdicts.js';
import { helloRandom } from './helloRandom.js';
import { addRecords, letInside } from './inside.js';
import { respond } from './respond.js';
import { tunnelSession } from './TunnelSession.js';
import type { TunnelState, TunnelStep } from './TunnelState.js';
import type { TunnelUse } from './TunnelUse.js';

/** Sends what TLS still has to say, an alert perhaps, and then refuses, whatever was to be said of the outcome. */
export const refuseWith = <S>(use: TunnelUse<S>, state: TunnelState<S>, fault: EapFault): TunnelStep<S> => {
  destroyVerdicts(state.verdicts);
  const verdicts = [{ do: 'refuse' as const, fault: { method: use.name, ...fault } }];
  return respond({ ...state, verdicts }, use.announcesLength);
};

export const destroyKeys = ({ established }: TlsTurn): void => {
  for (const key of Object.values(established?.keys ?? {})) key.fill(0);
};

const withRandom = <S>(state: TunnelState<S>, { records }: TlsTurn): TunnelState<S> => {
  if (state.randoms.client !== undefined) return state;
  const client = helloRandom(records, 'clientHello');
  return client === undefined ? state : { ...state, randoms: { ...state.randoms, client } };
};

const onEstablished = <S>(use: TunnelUse<S>, state: TunnelState<S>, established: TlsEstablished): TunnelStep<S> => {
  const session = tunnelSession(use.keys, established, state.randoms);
  if (isLeft(session)) return refuseWith(use, state, session.left);
  const { version, cipher, isResumed, certificate } = established;
  const note = { kind: 'tls' as const, isInner: state.isInner, version, cipher, isResumed, ...(certificate && { certificate }) };
  const reported = emit<TunnelState<S>, EapMethodCommand>({ ...state, isStanding: true }, { do: 'report', note });
  return andThen(reported, (next) => letInside(use, next, { kind: 'established', session: session.right }));
};

/** The server's message is for whoever is inside, unless TLS was busy with it: a handshake, or the end of one. */
const afterReading = <S>(use: TunnelUse<S>, state: TunnelState<S>, turn: TlsTurn): TunnelStep<S> => {
  if (state.phase.at !== 'reading') return stay(state);
  if (!state.isStanding) return respond(state, use.announcesLength);
  const isEarly = turn.established !== undefined && state.records.length > 0;
  if (isEarly && turn.plain.length === 0) return respond(state, use.announcesLength);
  if (turn.isClosed && turn.plain.length === 0)
    return state.isAccepted
      ? respond(state, use.announcesLength)
      : refuseWith(use, state, eapFault('tls', 'the server closed the tunnel before it was done'));
  return letInside(use, state, { kind: 'message', identifier: state.phase.identifier, plain: turn.plain, isEarly });
};

/** What came of a command to the tunnel's own session. */
export const onTurn = <S>(use: TunnelUse<S>, before: TunnelState<S>, turn: TlsTurn): TunnelStep<S> => {
  const { at } = before.phase;
  if (at !== 'reading' && at !== 'sealing') {
    destroyKeys(turn);
    return stay(before);
  }
  const state = addRecords(withRandom(before, turn), turn.records);
  if (turn.fault !== undefined) {
    destroyKeys(turn);
    return refuseWith(use, state, turn.fault);
  }
  if (at === 'sealing') {
    destroyKeys(turn);
    return respond(state, use.announcesLength);
  }
  if (turn.established === undefined || state.isStanding) {
    destroyKeys(turn);
    return afterReading(use, state, turn);
  }
  return andThen(onEstablished(use, state, turn.established), (next) => afterReading(use, next, turn));
};

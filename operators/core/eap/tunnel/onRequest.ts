import { isLeft } from 'fp-ts/lib/Either.js';
import { type EapTlsPacket, readEapTls } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import type { EapMethodCommand } from '../EapPeerMethod.js';
import type { TlsCommand } from '../tls/Tls.js';
import { helloRandom } from './helloRandom.js';
import { letInside, OUTER_SESSION } from './inside.js';
import { refuseWith } from './onTurn.js';
import { type Reassembly, reassemble } from './reassembly.js';
import { acknowledge, sendNext } from './respond.js';
import type { TunnelState, TunnelStep } from './TunnelState.js';
import type { TunnelUse } from './TunnelUse.js';
import { tunnelExports } from './tunnelExports.js';

interface Request {
  readonly identifier: number;
  readonly data: Uint8Array;
}

const discard = <S>(state: TunnelState<S>, why: string): TunnelStep<S> =>
  emit<TunnelState<S>, EapMethodCommand>(state, { do: 'discard', why });

const toTls = <S>(state: TunnelState<S>, identifier: number, command: TlsCommand): TunnelStep<S> =>
  emit<TunnelState<S>, EapMethodCommand>(
    { ...state, phase: { at: 'reading', identifier } },
    { do: 'tls', session: OUTER_SESSION, command },
  );

const isAcknowledgement = ({ fragment, hasMore, isStart }: EapTlsPacket): boolean =>
  fragment.length === 0 && !hasMore && !isStart;

const onStart = <S>(use: TunnelUse<S>, state: TunnelState<S>, identifier: number, packet: EapTlsPacket): TunnelStep<S> => {
  if (!packet.isStart) return discard(state, `${use.name} begins with a Start, and this is none`);
  return toTls(state, identifier, { do: 'open', presentsCertificate: use.presentsCertificate, exports: tunnelExports(use.keys) });
};

/** A whole message. With nothing in it the server only lets go on whoever is inside. */
const onMessage = <S>(use: TunnelUse<S>, state: TunnelState<S>, identifier: number, message: Uint8Array): TunnelStep<S> => {
  if (message.length > 0) {
    const server = state.randoms.server ?? helloRandom(message, 'serverHello');
    const randoms = server === undefined ? state.randoms : { ...state.randoms, server };
    return toTls({ ...state, randoms }, identifier, { do: 'receive', records: message });
  }
  if (!state.isStanding) return discard(state, 'an acknowledgement, and nothing waits for one');
  return letInside(use, state, { kind: 'message', identifier, plain: message, isEarly: false });
};

const onFragment = <S>(
  use: TunnelUse<S>,
  state: TunnelState<S>,
  identifier: number,
  packet: EapTlsPacket,
  before: Reassembly,
): TunnelStep<S> => {
  if (packet.isStart) return discard(state, `a Start in the middle of ${use.name}`);
  const reassembled = reassemble(before, packet);
  if (isLeft(reassembled)) return refuseWith(use, state, reassembled.left);
  const { message, soFar } = reassembled.right;
  if (message !== undefined) return onMessage(use, state, identifier, message);
  return emit<TunnelState<S>, EapMethodCommand>({ ...state, phase: { at: 'listening', soFar } }, acknowledge());
};

/** What the server sent, header of the method and all. */
export const onRequest = <S>(use: TunnelUse<S>, state: TunnelState<S>, { identifier, data }: Request): TunnelStep<S> => {
  const read = readEapTls(use.keys.type, data);
  if (isLeft(read)) return discard(state, read.left.message);
  const packet = read.right;
  const { phase } = state;
  switch (phase.at) {
    case 'start':
      return onStart(use, state, identifier, packet);
    case 'listening':
      return onFragment(use, state, identifier, packet, phase.soFar);
    case 'sending':
      return isAcknowledgement(packet)
        ? sendNext(state, phase.rest)
        : discard(state, 'data, and the server has not acknowledged the last fragment');
    case 'over':
      return discard(state, `${use.name} is over`);
    default:
      return discard(state, `${use.name} is still at work on the request before`);
  }
};

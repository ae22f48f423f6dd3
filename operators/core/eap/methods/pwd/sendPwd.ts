import { emit } from '../../../Step.js';
import { type EapFault, eapFault } from '../../EapFault.js';
import type { EapKeys, EapMethodCommand } from '../../EapPeerMethod.js';
import { type PwdSending, type PwdState, type PwdStep, releasePwd } from './PwdState.js';
import { writePwdMessage } from './pwdFragments.js';

export const NAME = 'PWD';

export const discard = (state: PwdState, why: string): PwdStep => emit<PwdState, EapMethodCommand>(state, { do: 'discard', why });

/** The end of it, without keys. */
export const refuse = (state: PwdState, code: EapFault['code'], message: string): PwdStep => {
  releasePwd(state);
  return emit<PwdState, EapMethodCommand>(
    { context: state.context, progress: { phase: 'over' } },
    { do: 'refuse', fault: eapFault(code, message, { method: NAME }) },
  );
};

/** The next packet of a message; with the last one the server is accepted, where there are keys to show for it. */
export const sendNext = ({ sending: _, ...state }: PwdState, { packets, keys }: PwdSending): PwdStep => {
  const [data = new Uint8Array(0), ...rest] = packets;
  const respond: EapMethodCommand = { do: 'respond', data };
  if (rest.length > 0)
    return emit<PwdState, EapMethodCommand>(
      { ...state, sending: { packets: rest, ...(keys === undefined ? {} : { keys }) } },
      respond,
    );
  return keys === undefined
    ? emit(state, respond)
    : emit<PwdState, EapMethodCommand>(state, respond, { do: 'accept', isFinal: true, keys });
};

export const send = (state: PwdState, exchange: number, message: Uint8Array, keys?: EapKeys): PwdStep =>
  sendNext(state, {
    packets: writePwdMessage(exchange, message, state.context.room),
    ...(keys === undefined ? {} : { keys }),
  });

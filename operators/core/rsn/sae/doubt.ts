import { emit } from '../../Step.js';
import { report, type SaeFailure, type SaeOutput, setTimer } from './SaeOutput.js';
import { type SaeSetup, timingOf } from './SaeSetup.js';
import type { Committed, Confirmed, SaeState, SaeStep } from './SaeState.js';

/**
 * Anybody can forge a refusal, and IEEE 802.11-2020 12.4.8.6 passes over it; but an honest refusal is all there will be. So it
 * is believed when nothing better has come within one period, and until then nothing is sent again. The first one counts.
 */
export const doubt = (setup: SaeSetup, state: Committed | Confirmed, failure: SaeFailure): SaeStep => {
  if (state.doubt !== undefined) return emit<SaeState, SaeOutput>(state, report(`refused again: ${failure.reason}`));
  const doubting: SaeState = { ...state, doubt: failure };
  return emit<SaeState, SaeOutput>(doubting, report(`refused: ${failure.reason}`), setTimer(timingOf(setup).retransmitMs));
};

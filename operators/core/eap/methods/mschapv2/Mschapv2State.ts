import type { Secret } from '../../../../../streams/events/index.js';
import type { Step } from '../../../Step.js';
import type { EapFault } from '../../EapFault.js';
import type { EapMethodCommand, EapMethodContext } from '../../EapPeerMethod.js';

export interface Challenge {
  readonly id: number;
  readonly value: Uint8Array;
}

interface Idle {
  readonly phase: 'idle';
  readonly context: EapMethodContext;
}

/** A person is asked for the password; nobody answering, `refusal` is what comes of it. */
export interface Asking {
  readonly phase: 'asking';
  readonly context: EapMethodContext;
  readonly challenge: Challenge;
  readonly retries: number;
  /** Of a server that has refused the password before. */
  readonly refusal?: EapFault;
}

/** The challenge is answered, and the server's proof is to come. */
export interface Answered {
  readonly phase: 'answered';
  readonly context: EapMethodContext;
  readonly retries: number;
  readonly proof: Secret;
  readonly msk: Secret;
}

interface Over {
  readonly phase: 'over';
}

export type Mschapv2State = Idle | Asking | Answered | Over;

export type Mschapv2Step = Step<Mschapv2State, EapMethodCommand>;

export const over: Mschapv2State = { phase: 'over' };

export const releaseMschapv2 = (state: Mschapv2State): void => {
  if (state.phase !== 'answered') return;
  state.proof.zeroise();
  state.msk.zeroise();
};

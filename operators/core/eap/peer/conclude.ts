import { emit, stay } from '../../Step.js';
import { type EapFault, eapFault } from '../EapFault.js';
import type { EapKeys } from '../EapPeerMethod.js';
import type { PeerOutput } from './Peer.js';
import { type Acceptance, type Chosen, type Conversing, isBusy, over, type PeerState, type PeerStep } from './PeerState.js';

export const zeroiseKeys = (keys: EapKeys | undefined): void => {
  keys?.msk.zeroise();
  keys?.emsk?.zeroise();
};

/** Destroys what a peer holds that ends without a success. */
export const releasePeer = (state: PeerState): void => {
  if (state.phase === 'over' || state.chosen === undefined) return;
  zeroiseKeys(state.chosen.acceptance?.keys);
  state.chosen.method.release(state.chosen.state);
};

/** A fault of the peer's own, which happened while this method spoke. */
export const faultOf = ({ chosen }: Conversing, code: EapFault['code'], message: string): EapFault =>
  eapFault(code, message, chosen === undefined ? {} : { method: chosen.method.name });

export const fail = (state: Conversing, fault: EapFault): PeerStep => {
  releasePeer(state);
  return emit<PeerState, PeerOutput>(over, { do: 'fail', fault });
};

/** The keys are the receiver's from here on. */
export const succeed = ({ method, state }: Chosen, { keys }: Acceptance): PeerStep => {
  method.release(state);
  return emit<PeerState, PeerOutput>(over, { do: 'succeed', method: method.name, ...(keys && { keys }) });
};

/** How many methods a sentence names. */
export const MAX_NAMES = 8;

const namesOf = (declined: ReadonlyArray<string>): string =>
  declined.length > MAX_NAMES ? `${declined.slice(0, MAX_NAMES).join(', ')} and others` : declined.join(', ');

/** Why the server is going to refuse, if it does. */
export const explanationOf = (state: PeerState): EapFault | undefined =>
  state.phase === 'over' ? undefined : state.chosen?.explanation;

/** What an EAP-Failure means here. */
const refusal = (state: Conversing): EapFault => {
  const { chosen, declined, last } = state;
  if (chosen !== undefined)
    return (
      chosen.fault ?? chosen.explanation ?? faultOf(state, 'rejected', `the server ended ${chosen.method.name} with a Failure`)
    );
  if (declined.length > 0)
    return eapFault('noCommonMethod', `the server proposed ${namesOf(declined)}, which is not allowed here, and then gave up`);
  return eapFault(
    'rejected',
    last === undefined ? 'the server sent a Failure before anything else' : 'the server sent a Failure after the identity',
  );
};

export const refused = (state: Conversing): PeerStep => fail(state, refusal(state));

/**
 * RFC 4137 4.4 (IDLE): silence is a success only where the method has proof of it. While this side still owes an answer, because a
 * person thinks it over, the server's silence means nothing.
 */
export const silence = (state: Conversing): PeerStep => {
  const { chosen, wasMisled } = state;
  if (chosen?.fault !== undefined) return fail(state, chosen.fault);
  if (isBusy(state)) return stay(state);
  if (chosen?.explanation !== undefined && chosen.explanation.code !== 'rejected') return fail(state, chosen.explanation);
  if (chosen?.acceptance?.isProven) return succeed(chosen, chosen.acceptance);
  return fail(
    state,
    wasMisled
      ? faultOf(state, 'forgedResult', 'a Success came before a method had accepted the server, and then nothing more')
      : faultOf(state, 'noAnswer', 'the server did not answer'),
  );
};

/** The result came by another way than a packet. */
export const told = (state: Conversing, isSuccess: boolean): PeerStep => {
  const { chosen } = state;
  if (!isSuccess) return refused(state);
  if (chosen?.fault !== undefined) return fail(state, chosen.fault);
  if (chosen?.acceptance !== undefined) return succeed(chosen, chosen.acceptance);
  return fail(state, faultOf(state, 'forgedResult', 'success was claimed before a method had accepted the server'));
};

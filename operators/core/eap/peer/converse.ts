import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { andThen, emit, type Step, stay, steps } from '../../Step.js';
import type { EapMethodCommand, EapMethodInput } from '../EapPeerMethod.js';
import { answer, discard } from './answer.js';
import { fail, faultOf, releasePeer, zeroiseKeys } from './conclude.js';
import type { PeerOutput } from './Peer.js';
import {
  type Chosen,
  type Conversing,
  isBusy,
  type PeerState,
  type PeerStep,
  withoutMethod,
  withoutRequest,
} from './PeerState.js';

type Of<K extends EapMethodCommand['do']> = Extract<EapMethodCommand, { do: K }>;

const change = (state: Conversing, chosen: Chosen, part: Partial<Chosen>): Conversing => ({
  ...state,
  chosen: { ...chosen, ...part },
});

const accept = (state: Conversing, chosen: Chosen, { isFinal, isProven = false, keys }: Of<'accept'>): Conversing => {
  const earlier = chosen.acceptance?.keys;
  if (keys !== undefined && keys !== earlier) zeroiseKeys(earlier);
  const held = keys ?? earlier;
  return change(state, chosen, { acceptance: { isFinal, isProven, ...(held && { keys: held }) } });
};

const respond = (state: Conversing, chosen: Chosen, data: Uint8Array): PeerStep =>
  state.inHand === undefined
    ? discard(state, `${chosen.method.name} had an answer, and there was no request`)
    : answer(change(state, chosen, { hasAnswered: true }), state.inHand, data);

/** What one command of the method changes, and what it wants done. */
const obey = (state: PeerState, command: EapMethodCommand): PeerStep => {
  if (state.phase === 'over' || state.chosen === undefined) return stay(state);
  const { chosen } = state;
  switch (command.do) {
    case 'respond':
      return respond(state, chosen, command.data);
    case 'discard':
      return discard(withoutRequest(state), command.why);
    case 'accept':
      return stay(accept(state, chosen, command));
    case 'refuse':
      return stay(change(state, chosen, { fault: chosen.fault ?? command.fault }));
    case 'explain':
      return stay(change(state, chosen, { explanation: command.fault }));
    case 'tls':
    case 'ask':
      return emit<PeerState, PeerOutput>(change(state, chosen, { outstanding: chosen.outstanding + 1 }), command);
    case 'meanwhile':
    case 'report':
      return emit<PeerState, PeerOutput>(state, command);
  }
};

/** The first request was not worth an answer: the method has not been chosen after all. */
const unchoose = (state: Conversing, { hasAnswered }: Chosen): Conversing => {
  if (hasAnswered) return state;
  releasePeer(state);
  return withoutMethod(state);
};

/** Once the method is done with a request: has it failed, or left the request lying? */
const settle = (state: PeerState): PeerStep => {
  if (state.phase === 'over' || state.chosen === undefined || isBusy(state)) return stay(state);
  const { chosen, inHand } = state;
  if (chosen.fault !== undefined) return fail(state, chosen.fault);
  if (inHand === undefined) return stay(unchoose(state, chosen));
  return discard(unchoose(withoutRequest(state), chosen), `${chosen.method.name} had no answer`);
};

const sane = (state: Conversing, { method, state: held }: Chosen, input: EapMethodInput) =>
  tryCatch<PeerStep, Step<unknown, EapMethodCommand>>(
    () => method.step(held, input),
    () => fail(state, faultOf(state, 'malformed', `${method.name} broke down`)),
  );

/** Lets the method have what happened to it. */
export const converse = (state: Conversing, chosen: Chosen, input: EapMethodInput): PeerStep => {
  const said = sane(state, chosen, input);
  if (isLeft(said)) return said.left;
  const { state: held, effects } = said.right;
  return andThen(steps<PeerState, EapMethodCommand, PeerOutput>(change(state, chosen, { state: held }), effects, obey), settle);
};

import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../../streams/events/index.js';
import { EAP_VENDOR_IETF, EapCode, EapMethod, type EapPacket, eapMethodName, readEap } from '../../../../streams/frames/index.js';
import { andThen, emit, stay } from '../../Step.js';
import { answer, answerAgain, decline, discard } from './answer.js';
import { fail, faultOf, MAX_NAMES, refused, succeed } from './conclude.js';
import { converse } from './converse.js';
import { notificationText } from './notificationText.js';
import type { PeerOptions, PeerOutput } from './Peer.js';
import { type Conversing, chosenNow, isBusy, type PeerState, type PeerStep, type Request } from './PeerState.js';

const { REQUEST, RESPONSE, SUCCESS, FAILURE } = EapCode.codes;
const { IDENTITY, NOTIFICATION, NAK, EXPANDED } = EapMethod.codes;
const MAX_ROUNDS = 100;
/** Repetitions, and what is dropped: so many to a round are more than any link loses. */
const MAX_PACKETS_A_ROUND = 10;
const MAX_IDENTITIES = 10;
const MAX_WAITING = 4;
const EMPTY = new Uint8Array(0);
const HIGHEST_PLAIN = 255;

/** RFC 3748 5.7: a type of the IETF is the same in either form. */
const requestOf = ({ identifier, type = 0, vendor, data }: EapPacket, octets: Uint8Array): Request => {
  if (vendor === undefined) return { identifier, type, data, octets };
  const isPlain = vendor.vendor === EAP_VENDOR_IETF && vendor.type <= HIGHEST_PLAIN;
  return { identifier, type: isPlain ? vendor.type : EXPANDED, expanded: vendor, data, octets };
};

const nameOf = ({ type, expanded }: Request): string => eapMethodName(type, expanded);

const isSame = (one: Request, other: Request): boolean =>
  one.identifier === other.identifier && equalBytes(one.octets, other.octets);

/** RFC 3748 4.2 wants the identifier of the last response; servers that count on for their result are many. */
const fits = (request: Request | undefined, identifier: number): boolean =>
  request !== undefined && (identifier === request.identifier || identifier === ((request.identifier + 1) & 0xff));

const isResultFor = ({ last, inHand }: Conversing, identifier: number): boolean =>
  fits(inHand, identifier) || fits(last?.request, identifier);

const onIdentity = (options: PeerOptions, state: Conversing, request: Request): PeerStep => {
  if (state.chosen !== undefined)
    return discard(state, `the server asks who this is in the middle of ${state.chosen.method.name}`);
  if (state.identities >= MAX_IDENTITIES)
    return fail(state, faultOf(state, 'tooManyRounds', `the server asked who this is more than ${MAX_IDENTITIES} times`));
  return answer({ ...state, identities: state.identities + 1 }, request, options.shownIdentity.reveal());
};

const onNotification = (state: Conversing, request: Request): PeerStep =>
  andThen(
    emit<PeerState, PeerOutput>(state, { do: 'report', note: { kind: 'notification', text: notificationText(request.data) } }),
    () => answer(state, request, EMPTY),
  );

/** The first request of a method that may run begins it; one of another is declined (RFC 4137 4.4: GET_METHOD). */
const onProposal = (options: PeerOptions, state: Conversing, request: Request): PeerStep => {
  const { methods, isInner = false } = options;
  const method = methods.find(({ type }) => type === request.type);
  const name = method?.name ?? nameOf(request);
  const note = { kind: 'method' as const, type: request.type, name, isInner, isAllowed: method !== undefined };
  const reported = emit<Conversing, PeerOutput>(state, { do: 'report', note });
  if (method === undefined) {
    const isNew = !state.declined.includes(name) && state.declined.length <= MAX_NAMES;
    const declined = isNew ? [...state.declined, name] : state.declined;
    return andThen(reported, () => decline({ ...state, declined }, request, methods));
  }
  const begun = tryCatch(
    () => method.begin(options),
    () => fail(state, faultOf(state, 'malformed', `${name} broke down`)),
  );
  if (isLeft(begun)) return andThen(reported, () => begun.left);
  const chosen = chosenNow(method, begun.right);
  const { identifier, data } = request;
  return andThen(reported, () => converse({ ...state, chosen, inHand: request }, chosen, { kind: 'request', identifier, data }));
};

const onMethod = (options: PeerOptions, state: Conversing, request: Request): PeerStep => {
  const { chosen } = state;
  if (chosen === undefined) return onProposal(options, state, request);
  const { method, acceptance } = chosen;
  if (method.type !== request.type)
    return discard(state, `the server proposes ${nameOf(request)} in the middle of ${method.name}`);
  if (acceptance?.isFinal) return discard(state, `${method.name} is over, and the server goes on with it`);
  const { identifier, data } = request;
  return converse({ ...state, inHand: request }, chosen, { kind: 'request', identifier, data });
};

const take = (options: PeerOptions, state: Conversing, request: Request): PeerStep => {
  const { maxRounds = MAX_ROUNDS } = options;
  if (state.rounds >= maxRounds)
    return fail(state, faultOf(state, 'tooManyRounds', `the server went on after ${maxRounds} requests`));
  const next = { ...state, rounds: state.rounds + 1 };
  switch (request.type) {
    case IDENTITY:
      return onIdentity(options, next, request);
    case NOTIFICATION:
      return onNotification(next, request);
    case NAK:
      return discard(next, 'a Nak, which only a peer sends');
    default:
      return onMethod(options, next, request);
  }
};

/** Takes up what came while the method was at work. */
export const goOn = (options: PeerOptions, state: PeerState): PeerStep => {
  if (state.phase === 'over' || isBusy(state)) return stay(state);
  const [request, ...waiting] = state.waiting;
  if (request === undefined) return stay(state);
  return andThen(take(options, { ...state, waiting }, request), (next) => goOn(options, next));
};

const onRequest = (options: PeerOptions, state: Conversing, request: Request): PeerStep => {
  const { last, inHand, waiting } = state;
  if (inHand !== undefined && isSame(inHand, request)) return discard(state, 'a repetition, and the answer is still being made');
  if (waiting.some((other) => isSame(other, request))) return discard(state, 'a repetition of what waits for its turn');
  if (last !== undefined && isSame(last.request, request)) return answerAgain(state, last.response);
  if (!isBusy(state)) return take(options, state, request);
  return waiting.length < MAX_WAITING
    ? stay({ ...state, waiting: [...waiting, request] })
    : discard(state, 'more requests than can wait for their turn');
};

const disbelieve = (state: Conversing, isSuccess: boolean, why: string): PeerStep =>
  andThen(emit<PeerState, PeerOutput>(state, { do: 'report', note: { kind: 'result', isSuccess, isBelieved: false } }), (next) =>
    discard(next, why),
  );

const believed = (isSuccess: boolean, end: PeerStep): PeerStep =>
  andThen(
    emit<PeerState, PeerOutput>(end.state, { do: 'report', note: { kind: 'result', isSuccess, isBelieved: true } }),
    () => end,
  );

const onSuccess = (state: Conversing, identifier: number): PeerStep => {
  const { chosen } = state;
  if (chosen?.acceptance === undefined)
    return disbelieve({ ...state, wasMisled: true }, true, 'a Success before a method has accepted the server');
  if (!isResultFor(state, identifier)) return disbelieve(state, true, 'a Success that belongs to no response');
  if (chosen.fault !== undefined) return fail(state, chosen.fault);
  return believed(true, succeed(chosen, chosen.acceptance));
};

const onFailure = (state: Conversing, identifier: number): PeerStep => {
  if (!isResultFor(state, identifier)) return disbelieve(state, false, 'a Failure that belongs to no response');
  if (state.chosen?.acceptance?.isProven) return disbelieve(state, false, 'a Failure after the method has proof of success');
  return believed(false, refused(state));
};

/** What the server sent, or somebody in its name. That it says the same for ever is no reason to listen for ever. */
export const receive = (options: PeerOptions, before: Conversing, packet: Uint8Array): PeerStep => {
  const limit = MAX_PACKETS_A_ROUND * (options.maxRounds ?? MAX_ROUNDS);
  if (before.packets >= limit) return fail(before, faultOf(before, 'tooManyRounds', `the server went on after ${limit} packets`));
  const state = { ...before, packets: before.packets + 1 };
  const read = readEap(packet);
  if (isLeft(read)) return discard(state, read.left.message);
  const { code, identifier } = read.right;
  switch (code) {
    case REQUEST: {
      const size = ((packet[2] ?? 0) << 8) | (packet[3] ?? 0);
      return onRequest(options, state, requestOf(read.right, packet.slice(0, size)));
    }
    case SUCCESS:
      return onSuccess(state, identifier);
    case FAILURE:
      return onFailure(state, identifier);
    default:
      return discard(state, code === RESPONSE ? 'a Response, which only a peer sends' : 'a reauthentication nobody asked for');
  }
};

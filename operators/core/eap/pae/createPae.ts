import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { EapCode, EapMethod, EapolType, type EapPacket, readEap, readEapol } from '../../../../streams/frames/index.js';
import { andThen, stay } from '../../Step.js';
import { eapFault } from '../EapFault.js';
import type { PaeInput, PaeOptions, PaeTimer, PeerWord } from './Pae.js';
import { type Authenticating, idle, type PaeSettings, type PaeState, type PaeStep, settingsOf } from './PaeState.js';
import {
  begin,
  connect,
  connectAgain,
  fail,
  feed,
  go,
  ignore,
  leaving,
  logOff,
  report,
  succeed,
  transmitEap,
  waiting,
} from './turns.js';

/** A supplicant's port access entity: a pure machine. */
export interface Pae {
  readonly initial: PaeState;
  step(state: PaeState, input: PaeInput): PaeStep;
}

const { EAP_PACKET } = EapolType.codes;
const { REQUEST, SUCCESS, FAILURE } = EapCode.codes;
const { IDENTITY, NOTIFICATION } = EapMethod.codes;
const MAX_RESTARTS = 10;
const loggedOff = eapFault('cancelled', 'it was logged off');

const start = (settings: PaeSettings, state: PaeState, isNewPort: boolean): PaeStep => {
  if (isNewPort) return connect(settings, state);
  switch (state.phase) {
    case 'connecting':
    case 'authenticating':
      return ignore(state, 'a start, and a run is under way');
    case 'held':
      return go({ ...state, isAwaited: true }, report({ kind: 'rest', ms: settings.heldPeriod }));
    default:
      return connect(settings, state);
  }
};

const requestOf = (packet: Uint8Array): EapPacket | undefined => {
  const read = readEap(packet);
  return isRight(read) && read.right.code === REQUEST ? read.right : undefined;
};

/** A new peer, for a server that begins anew in the middle of a method. */
const passToAnother = (settings: PaeSettings, state: Authenticating, packet: Uint8Array, identityRequest: number): PaeStep => {
  if (state.restarts >= MAX_RESTARTS)
    return fail(settings, state, eapFault('tooManyRounds', `the server began anew more than ${MAX_RESTARTS} times`));
  const next = { ...state, hasMethod: false, restarts: state.restarts + 1, identityRequest };
  return go(next, { do: 'endEap' }, { do: 'beginEap' }, waiting(settings), feed(packet));
};

const pass = (settings: PaeSettings, state: Authenticating, packet: Uint8Array): PaeStep => {
  const request = requestOf(packet);
  if (request?.type !== IDENTITY) return go(state, feed(packet));
  const { identifier } = request;
  if (state.hasMethod && state.identityRequest !== identifier) return passToAnother(settings, state, packet, identifier);
  return go({ ...state, identityRequest: identifier }, feed(packet));
};

/** A result while there is no peer to judge it: from a port that lets everybody through, or nobody, or from somebody else. */
const unasked = (state: PaeState, packet: Uint8Array): PaeStep => {
  const read = readEap(packet);
  const code = isLeft(read) ? undefined : read.right.code;
  return code === SUCCESS || code === FAILURE
    ? go(state, { do: 'report', note: { kind: 'result', isSuccess: code === SUCCESS, isBelieved: false } })
    : ignore(state, 'EAP that nobody waits for');
};

/** What a new run begins with, if this is it. Once authenticated, a request that does not ask who this is belongs to the run before. */
const beginningIn = (state: PaeState, packet: Uint8Array): EapPacket | undefined => {
  const request = requestOf(packet);
  switch (state.phase) {
    case 'connecting':
      return request;
    case 'held':
      return state.isFirm ? undefined : request;
    case 'authenticated':
      return request?.type === IDENTITY ? request : undefined;
    default:
      return undefined;
  }
};

const isResting = (state: PaeState, packet: Uint8Array): boolean =>
  state.phase === 'held' && state.isFirm && requestOf(packet) !== undefined;

const onEap = (settings: PaeSettings, state: PaeState, packet: Uint8Array): PaeStep => {
  if (state.phase === 'authenticating') return pass(settings, state, packet);
  if (isResting(state, packet)) return ignore(state, 'a request, and the password that was refused is not shown again so soon');
  if (beginningIn(state, packet) === undefined) return unasked(state, packet);
  return andThen(begin(settings, state), (next) => pass(settings, next, packet));
};

/** R108: nobody listens before a start and after a stop. */
const onPacket = (settings: PaeSettings, state: PaeState, packet: Uint8Array): PaeStep => {
  if (state.phase === 'idle') return stay(state);
  const read = readEapol(packet);
  if (isLeft(read)) return ignore(state, read.left.message);
  const { type, body } = read.right;
  if (type === EAP_PACKET) return onEap(settings, state, body);
  return ignore(state, `EAPOL of the type ${EapolType.nameOf(type) ?? type}`);
};

const onTimer = (settings: PaeSettings, state: PaeState, name: PaeTimer): PaeStep => {
  if (name === 'startWhen' && state.phase === 'connecting') return connectAgain(settings, state);
  if (name === 'authWhile' && state.phase === 'authenticating')
    return go(state, waiting(settings), { do: 'feedEap', input: { kind: 'timeout' } });
  if (name === 'heldWhile' && state.phase === 'held')
    return state.isAwaited ? connect(settings, state) : go(idle, report({ kind: 'phase', phase: 'idle' }));
  return stay(state);
};

/** Whether the peer's note says that a method is being spoken of. */
const hasMethodNow = (word: Extract<PeerWord, { do: 'report' }>): boolean =>
  word.note.kind === 'method' && word.note.type !== NOTIFICATION;

const onWord = (settings: PaeSettings, state: PaeState, word: PeerWord): PaeStep => {
  if (state.phase !== 'authenticating') return stay(state);
  switch (word.do) {
    case 'send':
      return go(state, waiting(settings), transmitEap(settings, word.packet));
    case 'report':
      return go(hasMethodNow(word) ? { ...state, hasMethod: true } : state, word);
    case 'succeed':
      return succeed(state, word);
    case 'fail':
      return fail(settings, state, word.fault);
  }
};

/**
 * The supplicant's side of port access control (IEEE 802.1X-2020 clause 8; where it leaves the machine open, that of
 * IEEE 802.1X-2004 8.2.11): EAPOL-Start up to three times, EAP through a peer, a rest after a failure, reauthentication when the
 * server asks, logoff. Time comes in as timers, and EAPOL-Key is none of its business.
 *
 * @example
 * const pae = createPae({ startPeriod: 5000 });
 * const { state, effects } = pae.step(pae.initial, { kind: 'start' });
 *
 * @since 0.2.0
 */
export const createPae = (options: PaeOptions = {}): Pae => {
  const settings = settingsOf(options);
  return {
    initial: idle,
    step: (state, input) => {
      switch (input.kind) {
        case 'start':
          return start(settings, state, input.isNewPort ?? false);
        case 'stop':
          return go(idle, ...leaving(state));
        case 'logoff':
          return state.phase === 'loggedOff' ? stay(state) : logOff(settings, state, loggedOff);
        case 'packet':
          return onPacket(settings, state, input.packet);
        case 'timer':
          return onTimer(settings, state, input.name);
        case 'eap':
          return onWord(settings, state, input.word);
      }
    },
  };
};

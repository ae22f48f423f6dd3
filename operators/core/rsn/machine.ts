import { isLeft } from 'fp-ts/lib/Either.js';
import { EtherType, type Secret, Win32 } from '../../../streams/events/index.js';
import { EapolType } from '../../../streams/frames/index.js';
import type { MethodCommand } from '../method/commands.js';
import type { MethodInput, Packet } from '../method/inputs.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { emit, stay } from '../Step.js';
import { usesOneX } from './akm.js';
import { zeroiseAttempt } from './attempt.js';
import { beginOpening, opened } from './fils/opening.js';
import { beginAttempt, sendMessage2 } from './fourWay/message1.js';
import type { Writer } from './keyReply.js';
import { elementsOfAssociation, readNetwork } from './network.js';
import { offloadRekeys } from './offloadRekeys.js';
import { receiveKey } from './receive.js';
import { indicated, requestRekey } from './request.js';
import { offeredName, zeroiseRoot } from './rootKey.js';
import { arm, authenticated, NONCE_LENGTH, restart, rootFromOneX, supplied } from './secrets.js';
import {
  clear,
  type Established,
  lost,
  object,
  type Proving,
  type RsnState,
  type RsnStep,
  remark,
  TIMERS,
  type Waiting,
} from './state.js';
import { beginTransition, transferred } from './transition.js';
import { describe, verdictOf } from './verdict.js';

const { ERROR_TIMEOUT, ERROR_LOGON_FAILURE, ERROR_INVALID_DATA } = Win32.codes;

/** Reads what the association agreed on, and asks for the secrets it takes. */
export const begin = (writer: Writer, context: MethodContext): RsnStep => {
  const elements = elementsOfAssociation(context);
  const network = readNetwork(context, elements, writer.policy);
  if (!isLeft(network))
    return (
      beginOpening(network.right, elements) ??
      beginTransition(network.right, elements.request, context) ??
      arm(writer, network.right, context)
    );
  const { detail, reason = 0 } = network.left;
  return emit<RsnState, MethodCommand>(lost(network.left), remark(detail, 'R180'), {
    do: 'fail',
    reason,
    win32: ERROR_INVALID_DATA,
  });
};

/** The nonce for a rekey is there: its message 2 goes out. */
const startRekey = (writer: Writer, state: Established, snonce: Secret | undefined): RsnStep => {
  const { rekey } = state;
  if (rekey?.step !== 'drawing' || snonce?.reveal().length !== NONCE_LENGTH) {
    snonce?.zeroise();
    return stay(state);
  }
  const attempt = beginAttempt(writer, state, snonce, rekey.frame);
  return emit<RsnState, MethodCommand>(
    { ...state, rekey: { step: 'proving', attempt } },
    { do: 'setTimer', name: TIMERS.finish, ms: writer.policy.timeouts.finish },
    sendMessage2(writer, state, attempt, rekey.frame, true),
  );
};

const onSupplied = (writer: Writer, state: RsnState, tag: string, secret: Secret | undefined): RsnStep => {
  if (state.phase === 'arming') return supplied(writer, state, tag, secret);
  if (state.phase === 'transferring') return transferred(writer, state, secret);
  if (state.phase === 'opening') return opened(writer, state, secret);
  if (state.phase === 'established' && tag === 'nonce') return startRekey(writer, state, secret);
  secret?.zeroise();
  return stay(state);
};

/** A PMK of another exchange than 802.1X can only be made by another association, which must not offer this one again. */
const forgetting = ({ network, root }: Waiting | Proving | Established): ReadonlyArray<MethodCommand> => {
  const pmkid = offeredName(root);
  return pmkid === undefined ? [] : [{ do: 'forgetPmk', peer: network.peer, pmkid }];
};

/** Whether 802.1X can make a PMK where this one leads nowhere: it is an old one, or the access point has asked for another. */
const canRestart = (state: Waiting | Proving | Established): state is Waiting | Proving => {
  if (state.phase === 'established' || !usesOneX(state.network.akm)) return false;
  return offeredName(state.root) !== undefined || (state.phase === 'waiting' && state.isEapAwaited === true);
};

/**
 * The host is told, and the port goes on listening: an access point may come round yet (R178). One that did not take up the
 * PMK of an earlier association may have forgotten it, and 802.1X makes another.
 */
const giveUp = (writer: Writer, state: Waiting | Proving | Established): RsnStep => {
  const verdict = verdictOf(state, writer.policy.toleratedRepetitions);
  const { reason, wrongSecret } = verdict;
  if (reason === undefined) return stay(state);
  if (canRestart(state)) return restart(state, { isForgotten: true });
  const isSuspect = wrongSecret === 'likely' || wrongSecret === 'proven';
  const win32 = isSuspect ? ERROR_LOGON_FAILURE : ERROR_TIMEOUT;
  return emit<RsnState, MethodCommand>(
    state,
    ...clear('start', 'finish', 'suspicion'),
    remark(describe(verdict), 'R180'),
    ...(isSuspect ? forgetting(state) : []),
    { do: 'fail', reason, win32 },
  );
};

const withoutRekey = ({ rekey, ...state }: Established): Established => {
  if (rekey?.step === 'proving') zeroiseAttempt(rekey.attempt);
  return state;
};

/** A rekey that came to nothing leaves the keys as they are. */
const finishTimeout = (writer: Writer, state: RsnState): RsnStep => {
  if (state.phase === 'proving') return giveUp(writer, state);
  if (state.phase !== 'established') return stay(state);
  if (!state.isComplete) return giveUp(writer, withoutRekey(state));
  return state.rekey === undefined ? stay(state) : emit(withoutRekey(state), remark('a pairwise rekey came to nothing'));
};

const onTimer = (writer: Writer, state: RsnState, name: string): RsnStep => {
  switch (name) {
    case TIMERS.start:
      return state.phase === 'waiting' ? giveUp(writer, state) : stay(state);
    case TIMERS.suspicion:
      return state.phase === 'proving' ? giveUp(writer, state) : stay(state);
    case TIMERS.finish:
      return finishTimeout(writer, state);
    case TIMERS.michael:
      return stay(state.phase === 'established' ? { ...state, hadMichaelFailure: false } : state);
    case TIMERS.lifetime:
      return state.phase === 'established' ? requestRekey(writer, state) : stay(state);
    default:
      return stay(state);
  }
};

const EAP_REQUEST = 1;
const EAPOL_HEADER = 4;

const isEapRequest = ({ payload }: Packet): boolean =>
  payload[1] === EapolType.codes.EAP_PACKET && payload[EAPOL_HEADER] === EAP_REQUEST;

/**
 * EAP while 802.1X rests: the access point wants it anew (R109), or has forgotten the PMK we offered. A PMK that was made a
 * moment ago outlives a request that anybody could have sent: it counts when no message 1 comes.
 */
const onEap = (state: RsnState, packet: Packet): RsnStep => {
  if (!('network' in state) || !usesOneX(state.network.akm) || !isEapRequest(packet)) return stay(state);
  if (state.phase === 'established' && state.isKeyed && packet.protected === false)
    return emit(state, remark('an EAP request in the clear is dropped: there are keys, so anybody could have sent it', 'R109'));
  if (state.phase === 'waiting')
    return offeredName(state.root) === undefined
      ? stay<RsnState>({ ...state, isEapAwaited: true })
      : restart(state, { isForgotten: true });
  return state.phase === 'established' || state.phase === 'authenticating' ? emit(state, { do: 'startOneX' }) : stay(state);
};

const onPacket = (writer: Writer, state: RsnState, packet: Packet): RsnStep => {
  if (packet.etherType !== EtherType.codes.EAPOL) return stay(state);
  return packet.payload[1] === EapolType.codes.KEY ? receiveKey(writer, state, packet) : onEap(state, packet);
};

type OneXSucceeded = Extract<MethodInput, { kind: 'oneXSucceeded' }>;

/** Reauthentication renews the master key; the pairwise key follows when the access point rekeys (S11). */
const onOneX = (writer: Writer, state: RsnState, keys: OneXSucceeded): RsnStep => {
  if (state.phase === 'authenticating') return authenticated(writer, state, keys);
  if (state.phase !== 'established' || !usesOneX(state.network.akm)) {
    keys.sendKey?.zeroise();
    keys.receiveKey?.zeroise();
    return stay(state);
  }
  const root = rootFromOneX(writer, state.network, keys);
  if (isLeft(root)) return object(state, root.left, ERROR_INVALID_DATA);
  zeroiseRoot(state.root);
  return stay({ ...withoutRekey(state), root: root.right });
};

/** One step of the machine. */
export const step = (writer: Writer, state: RsnState, input: MethodInput): RsnStep => {
  switch (input.kind) {
    case 'packet':
      return onPacket(writer, state, input);
    case 'supplied':
      return onSupplied(writer, state, input.tag, input.secret);
    case 'timer':
      return onTimer(writer, state, input.name);
    case 'installed':
      return state.phase === 'established'
        ? emit<RsnState, MethodCommand>({ ...state, isKeyed: true }, ...offloadRekeys(writer, state))
        : stay(state);
    case 'oneXSucceeded':
      return onOneX(writer, state, input);
    case 'indicated':
      return indicated(writer, state, input.indication);
    default:
      return stay(state);
  }
};

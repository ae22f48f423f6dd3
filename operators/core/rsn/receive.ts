import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { L2Reason, Win32 } from '../../../streams/events/index.js';
import type { KeyDownload, MethodCommand } from '../method/commands.js';
import type { Packet } from '../method/inputs.js';
import { emit, stay } from '../Step.js';
import { usesOneX } from './akm.js';
import type { Attempt } from './attempt.js';
import { answerAgain, conclude } from './conclude.js';
import { dropped, type Fault, fatal, type Stage } from './fault.js';
import { beginAttempt, checkMessage1, continueAttempt, namesOther, sendMessage2 } from './fourWay/message1.js';
import { readGroupMessage1 } from './group/message1.js';
import { writeGroupMessage2 } from './group/message2.js';
import { admit } from './installed.js';
import { type KeyFrame, readKeyFrame, verifyFrame } from './keyFrame.js';
import type { Writer } from './keyReply.js';
import { isRepetition, proveMessage3, replayFault } from './proveMessage3.js';
import { restart } from './secrets.js';
import {
  clear,
  type Established,
  object,
  type Proving,
  type RsnState,
  type RsnStep,
  sendKeyPacket,
  TIMERS,
  type Waiting,
} from './state.js';

const { ERROR_INVALID_DATA } = Win32.codes;

export type MessageStage = Exclude<Stage, 'association'>;
type Armed = Waiting | Proving | Established;

/** What a frame of the access point is for, by its key information alone (IEEE 802.11-2020 12.7.2). */
export const stageOf = ({ key }: KeyFrame, isEstablished: boolean): MessageStage => {
  const { pairwise, mic, encrypted, install } = key.information;
  if (!pairwise) return 'group message 1';
  if (!mic && !encrypted) return 'message 1';
  // Some access points protect even the message 1 of a rekey.
  return isEstablished && mic && !install && !encrypted ? 'message 1' : 'message 3';
};

/** Why a frame is none of an access point to a station. */
export const misplaced = ({ key }: KeyFrame, stage: MessageStage): Fault | undefined => {
  const { ack, request, smk } = key.information;
  if (smk) return dropped('UNSUPPORTED', stage, 'it belongs to a handshake between stations');
  if (request) return dropped('OUT_OF_PLACE', stage, 'it is a request, which only a station makes');
  return ack ? undefined : dropped('OUT_OF_PLACE', stage, 'it wants no answer, so no access point sent it');
};

const refuse = (state: RsnState, fault: Fault): RsnStep => object(state, fault, ERROR_INVALID_DATA);

const noted = <S extends Armed>(writer: Writer, state: S, frame: KeyFrame): S => {
  const namedOtherPmk = namesOther(writer, state, frame);
  const { evidence } = state;
  return {
    ...state,
    evidence: {
      ...evidence,
      messages1: evidence.messages1 + 1,
      namedOtherPmk: evidence.namedOtherPmk || namedOtherPmk,
    },
  };
};

/** The last repetition that is tolerated: an access point that took our message 2 would have sent message 3 by now. */
const suspicion = ({ policy }: Writer, { repetitions }: Attempt): ReadonlyArray<MethodCommand> =>
  repetitions === policy.toleratedRepetitions ? [{ do: 'setTimer', name: TIMERS.suspicion, ms: policy.timeouts.suspicion }] : [];

const firstMessage1 = (writer: Writer, state: Waiting, frame: KeyFrame): RsnStep => {
  const { network, root, snonce, evidence } = noted(writer, state, frame);
  if (root.isRemembered && usesOneX(network.akm) && evidence.namedOtherPmk) return restart(state, { isForgotten: false });
  const attempt = beginAttempt(writer, state, snonce, frame);
  return emit<RsnState, MethodCommand>(
    { phase: 'proving', network, root, evidence, attempt },
    ...clear('start'),
    { do: 'setTimer', name: TIMERS.finish, ms: writer.policy.timeouts.finish },
    sendMessage2(writer, state, attempt, frame, false),
  );
};

const furtherMessage1 = (writer: Writer, state: Proving, frame: KeyFrame): RsnStep => {
  const attempt = continueAttempt(writer, state, state.attempt, frame);
  return emit<RsnState, MethodCommand>(
    { ...noted(writer, state, frame), attempt },
    ...suspicion(writer, attempt),
    sendMessage2(writer, state, attempt, frame, false),
  );
};

/** A rekey needs a nonce of its own, unless one is under way already: then it goes on with that. */
const rekeyMessage1 = (writer: Writer, state: Established, frame: KeyFrame): RsnStep => {
  const { root, rekey, counter, ptk } = state;
  const replay = replayFault('message 1', frame.key.replayCounter, counter);
  if (replay !== undefined) return refuse(state, replay);
  const isUnproven = frame.key.information.mic && !verifyFrame(writer.crypto, root.parameters, ptk, frame);
  if (isUnproven) return refuse(state, dropped('MIC', 'message 1', 'its MIC is not ours'));
  if (rekey?.step !== 'proving') {
    const asked: Established = { ...noted(writer, state, frame), rekey: { step: 'drawing', frame } };
    return emit<RsnState, MethodCommand>(asked, { do: 'ask', tag: 'nonce', request: { want: 'entropy', length: 32 } });
  }
  const attempt = continueAttempt(writer, state, rekey.attempt, frame);
  return emit<RsnState, MethodCommand>(
    { ...noted(writer, state, frame), rekey: { step: 'proving', attempt } },
    sendMessage2(writer, state, attempt, frame, true),
  );
};

const onMessage1 = (writer: Writer, state: Armed, frame: KeyFrame): RsnStep => {
  const fault = checkMessage1(state.network, frame);
  if (fault !== undefined) return refuse(state, fault);
  if (state.phase === 'waiting') return firstMessage1(writer, state, frame);
  return state.phase === 'proving' ? furtherMessage1(writer, state, frame) : rekeyMessage1(writer, state, frame);
};

/** Message 3 of the handshake that is over: our message 4 was lost. */
const repeatedMessage3 = (writer: Writer, state: Established, frame: KeyFrame): RsnStep => {
  const replay = replayFault('message 3', frame.key.replayCounter, state.counter);
  if (replay !== undefined) return refuse(state, replay);
  const verified = verifyFrame(writer.crypto, state.root.parameters, state.ptk, frame);
  if (verified === undefined) return refuse(state, dropped('MIC', 'message 3', 'its MIC is not ours'));
  return answerAgain(writer, state, { frame: verified, ptk: state.ptk });
};

const attemptOf = (state: Armed): Attempt | undefined => {
  if (state.phase === 'proving') return state.attempt;
  return state.phase === 'established' && state.rekey?.step === 'proving' ? state.rekey.attempt : undefined;
};

const onMessage3 = (writer: Writer, state: Armed, frame: KeyFrame): RsnStep => {
  if (state.phase === 'established' && isRepetition(frame, state.anonce)) return repeatedMessage3(writer, state, frame);
  const attempt = attemptOf(state);
  if (attempt === undefined || state.phase === 'waiting')
    return refuse(state, dropped('OUT_OF_PLACE', 'message 3', 'no message 1 came before it'));
  const replay = state.phase === 'established' ? replayFault('message 3', frame.key.replayCounter, state.counter) : undefined;
  if (replay !== undefined) return refuse(state, replay);
  const proven = proveMessage3(writer, state, attempt, frame);
  return isLeft(proven) ? refuse(state, proven.left) : conclude(writer, state, proven.right, attempt.snonce);
};

const firstGroupKey = (
  writer: Writer,
  state: Established,
): { readonly keys: ReadonlyArray<KeyDownload>; readonly commands: ReadonlyArray<MethodCommand> } =>
  state.isComplete
    ? { keys: [], commands: [] }
    : {
        keys: writer.policy.excludeUnencrypted ? [{ slot: 'excludeUnencrypted', exclude: true }] : [],
        commands: [...clear('finish'), { do: 'succeed' }],
      };

const onGroupMessage1 = (writer: Writer, state: Armed, frame: KeyFrame): RsnStep => {
  const stage = 'group message 1';
  if (state.phase !== 'established') return refuse(state, dropped('OUT_OF_PLACE', stage, 'there is no pairwise key yet'));
  const { network, root, ptk, counter } = state;
  const replay = replayFault(stage, frame.key.replayCounter, counter);
  if (replay !== undefined) return refuse(state, replay);
  const verified = verifyFrame(writer.crypto, root.parameters, ptk, frame);
  if (verified === undefined) return refuse(state, dropped('MIC', stage, 'its MIC is not ours'));
  const keys = readGroupMessage1(writer.crypto, network, root.parameters, ptk, verified);
  if (isLeft(keys)) return refuse(state, keys.left);
  const { installed, fresh } = admit(state.installed, keys.right);
  const tag = `group message 2 of ${frame.key.replayCounter}`;
  const first = firstGroupKey(writer, state);
  const downloads = [...fresh, ...first.keys];
  return emit<RsnState, MethodCommand>(
    { ...state, installed, counter: frame.key.replayCounter, isComplete: true },
    sendKeyPacket(tag, writeGroupMessage2(writer, network, root.parameters, ptk, verified.key)),
    ...(downloads.length === 0 ? [] : [{ do: 'install', keys: downloads, after: tag } as const]),
    ...first.commands,
  );
};

/** The access point tells of an error in a frame with a MIC; nobody else is believed. */
const onError = (writer: Writer, state: Armed, frame: KeyFrame, stage: MessageStage): RsnStep => {
  const isOurs = state.phase === 'established' && verifyFrame(writer.crypto, state.root.parameters, state.ptk, frame);
  const detail = 'it reports an error of the access point';
  if (!isOurs) return refuse(state, dropped('OUT_OF_PLACE', stage, 'it reports an error that nothing proves'));
  return refuse(state, fatal('PEER_ERROR', stage, L2Reason.codes.MSMSEC_PEER_INDICATED_INSECURE, detail));
};

const HANDLERS = { 'message 1': onMessage1, 'message 3': onMessage3, 'group message 1': onGroupMessage1 } as const;

interface Heard {
  readonly frame: KeyFrame;
  readonly stage: MessageStage;
}

/** An access point that did not get our message 4 has no key yet, and repeats its message 3 in the clear. */
const isLostAnswer = ({ anonce }: Established, frame: KeyFrame, stage: MessageStage): boolean =>
  stage === 'message 3' && isRepetition(frame, anonce);

const readFrame = (state: Armed, packet: Packet): Either<Fault, Heard> => {
  const isEstablished = state.phase === 'established';
  const read = readKeyFrame(state.network, state.root.parameters, packet.payload, 'message 1');
  if (isLeft(read)) return read;
  const frame = read.right;
  const stage = stageOf(frame, isEstablished);
  // An access point that proved itself by message 3 goes on from there: a new message 1 would come under the key.
  const isGuarded = isEstablished && (state.isKeyed || stage === 'message 1');
  if (isGuarded && packet.protected === false && !isLostAnswer(state, frame, stage))
    return left(dropped('IN_THE_CLEAR', stage, 'it came in the clear, and there are keys'));
  const fault = misplaced(frame, stage);
  return fault === undefined ? right({ frame, stage }) : left(fault);
};

/** An EAPOL-Key packet, in whatever state. */
export const receiveKey = (writer: Writer, state: RsnState, packet: Packet): RsnStep => {
  if (state.phase === 'over') return stay(state);
  if (!('root' in state) || state.phase === 'arming')
    return refuse(state, dropped('OUT_OF_PLACE', 'message 1', 'there is no master key yet'));
  const read = readFrame(state, packet);
  if (isLeft(read)) return refuse(state, read.left);
  const { frame, stage } = read.right;
  if (frame.key.information.error) return onError(writer, state, frame, stage);
  return HANDLERS[stage](writer, state, frame);
};

/** The same, for a port whose pairwise handshakes are somebody else's. */
export const receiveGroupKey = (writer: Writer, state: RsnState, packet: Packet): RsnStep => {
  if (state.phase !== 'established') return stay(state);
  const read = readFrame(state, packet);
  if (isLeft(read)) return refuse(state, read.left);
  return read.right.stage === 'group message 1' ? onGroupMessage1(writer, state, read.right.frame) : stay(state);
};

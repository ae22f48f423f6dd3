import { tryCatch } from 'fp-ts/lib/Option.js';
import { isOneXReason, L2Reason, OneXAuthStatus, OneXResult, type Secret, Win32 } from '../../../streams/events/index.js';
import type { MethodCommand } from '../method/commands.js';
import type { MethodInput, Packet } from '../method/inputs.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { andThen, emit, type Step, stay, steps } from '../Step.js';
import { conclude, failure, forgetWish, isPending, leavePerform, opening, reconsider, success, WATCHDOG } from './completion.js';
import { answer, type DownloadStep, install, noDownloads, openGate, releaseKeys } from './downloads.js';
import * as oneX from './oneX.js';
import {
  type Answer,
  call,
  type Port,
  type PortCall,
  type PortFacts,
  type PortInput,
  type PortOutput,
  type PortStep,
  report,
} from './Port.js';
import { malformation } from './packetRules.js';

const { ERROR_SUCCESS, ERROR_TIMEOUT, ERROR_NOT_AUTHENTICATED, ERROR_GEN_FAILURE, ERROR_INVALID_DATA } = Win32.codes;
const REASON = L2Reason.codes;

/** R174: the host is told within this time, unless the method claims another. */
export const COMPLETION_TIMEOUT_MS = 30_000;

const withOneX = (port: Port, step: Step<oneX.OneX, PortOutput>): PortStep => ({
  state: step.state === port.oneX ? port : { ...port, oneX: step.state },
  effects: step.effects,
});

const withDownloads = (port: Port, step: DownloadStep): PortStep => {
  const moved: PortStep = { state: { ...port, downloads: step.state }, effects: step.effects };
  const { progress } = step;
  if (progress === 'unchanged' || progress === 'underway') return moved;
  if (progress === 'settled') return andThen(andThen(moved, reconsider), (next) => toMethod(next, { kind: 'installed' }));
  return andThen(andThen(moved, forgetWish), (next) => conclude(next, failure(progress.reason, progress.refused)));
};

const send = (port: Port, { etherType, payload, tag }: Extract<MethodCommand, { do: 'send' }>): PortStep => {
  if (oneX.isRunning(port.oneX) && oneX.isEapolStart(etherType, payload)) {
    return emit(port, report('R102', 'the 802.1X module sends its EAPOL-Start itself'));
  }
  return emit(port, call({ kind: 'sendPacket', peer: port.facts.peer, etherType, payload }, tag));
};

const obey = (port: Port, command: MethodCommand): PortStep => {
  const { peer } = port.facts;
  switch (command.do) {
    case 'send':
      return send(port, command);
    case 'install':
      return withDownloads(port, install(port.downloads, command.keys, command.after, peer));
    case 'succeed':
      return port.downloads.refused
        ? emit(port, report('R136', 'the method reported success though a key was refused'))
        : conclude(port, success(command.ihvReason));
    case 'fail':
      return conclude(port, failure(command.reason, command.win32));
    case 'startOneX':
      return startOneX(port, command.attributes);
    case 'stopOneX':
      return withOneX(port, oneX.stop(port.oneX));
    case 'derive':
      return emit(port, call({ kind: 'derive', label: command.label, input: command.input }, command.label));
    case 'askUser':
      return emit(port, call({ ...command, kind: 'sendUIRequest' }));
    case 'extendNic':
      return emit(
        port,
        call({ kind: 'nicSpecificExtension', input: command.input, outputSize: command.outputSize }, command.tag),
      );
    case 'notify':
      return emit(port, call({ kind: 'sendNotification', code: command.code, data: command.data }));
    default:
      return emit(port, command);
  }
};

/** R26: a profile that brings its own 802.1X never starts the host's. */
const startOneX = (port: Port, attributes: Uint8Array | undefined): PortStep =>
  port.facts.mayUseOneX
    ? withOneX(port, oneX.start(port.oneX, attributes))
    : emit(port, report('R26', 'the profile does not use the 802.1X module of the host'));

const toMethod = (port: Port, input: MethodInput): PortStep => {
  const { state, effects } = port.facts.method.step(port.method, input);
  if (state === port.method && effects.length === 0) return stay(port);
  return steps(state === port.method ? port : { ...port, method: state }, effects, obey);
};

const receive = (port: Port, packet: Packet): PortStep => {
  const fault = malformation(port.facts, packet);
  if (fault !== undefined) return emit(port, report('R90', `${fault} and was dropped`));
  const taken = oneX.receive(port.oneX, packet, port.facts.method.usesOneX && port.facts.mayUseOneX);
  return taken === 'mine' ? toMethod(port, { kind: 'packet', ...packet }) : withOneX(port, taken);
};

/** What was parked is the method's now, in the order it came (R106). */
const unpark = (port: Port, packets: ReadonlyArray<Packet>): PortStep =>
  steps(port, packets, (next, packet) => toMethod(next, { kind: 'packet', ...packet }));

const oneXSucceeded = (port: Port, keys: Omit<Extract<MethodInput, { kind: 'oneXSucceeded' }>, 'kind'>): PortStep => {
  const parked = oneX.parkedPackets(port.oneX);
  const over: Port = { ...port, oneX: oneX.oneXOver };
  return andThen(toMethod(over, { kind: 'oneXSucceeded', ...keys }), (next) => unpark(next, parked));
};

const oneXFailed = (port: Port, reason: number, win32: number): PortStep => {
  const over: Port = { ...port, oneX: oneX.oneXOver };
  const told = andThen(forgetWish(over), (next) => conclude(next, failure(reason, win32)));
  return andThen(told, (next) => toMethod(next, { kind: 'oneXFailed', reason }));
};

type OneXOutcome = Extract<PortInput, { kind: 'oneXResult' }>;

/** The reason of the module, where it is one (R114), and otherwise what its status says (R180). */
const failureReason = ({ reason, status }: OneXOutcome): number => {
  if (isOneXReason(reason)) return reason;
  return status === OneXAuthStatus.codes.NO_AUTHENTICATOR_FOUND
    ? REASON.MSMSEC_NO_AUTHENTICATOR
    : REASON.ONEX_EAP_FAILURE_RECEIVED;
};

const oneXResult = (port: Port, outcome: OneXOutcome): PortStep => {
  if (!oneX.isRunning(port.oneX)) return emit(port, report('R115', 'an 802.1X result came though none is running'));
  switch (outcome.result) {
    case OneXResult.codes.IN_PROGRESS:
      return stay(port);
    case OneXResult.codes.SUCCESS:
      return openKeys(port, outcome);
    default:
      return oneXFailed(port, failureReason(outcome), ERROR_NOT_AUTHENTICATED);
  }
};

/** R112: both keys are protected blobs; each is opened once, by whoever can. */
const openKeys = (port: Port, { sendKey, receiveKey }: OneXOutcome): PortStep => {
  if (sendKey === undefined || receiveKey === undefined) {
    return port.facts.needsPairwiseKey
      ? oneXFailed(port, REASON.MSMSEC_NO_PAIRWISE_KEY, ERROR_INVALID_DATA)
      : oneXSucceeded(port, {});
  }
  const opened: Port = { ...port, oneX: { phase: 'opening', parked: oneX.parkedPackets(port.oneX) } };
  return emit<Port, PortOutput>(
    opened,
    { do: 'ask', tag: SEND_KEY, request: { want: 'unprotected', blob: sendKey } },
    { do: 'ask', tag: RECEIVE_KEY, request: { want: 'unprotected', blob: receiveKey } },
  );
};

const SEND_KEY = '@send-key';
const RECEIVE_KEY = '@receive-key';

const supplied = (port: Port, tag: string, secret: Secret | undefined): PortStep => {
  if (tag !== SEND_KEY && tag !== RECEIVE_KEY) {
    return toMethod(port, secret === undefined ? { kind: 'supplied', tag } : { kind: 'supplied', tag, secret });
  }
  if (port.oneX.phase !== 'opening') {
    secret?.zeroise();
    return stay(port);
  }
  if (secret === undefined) return oneXFailed(port, REASON.MSMSEC_NO_PAIRWISE_KEY, ERROR_INVALID_DATA);
  if (tag === SEND_KEY) return stay({ ...port, oneX: { ...port.oneX, sendKey: secret } });
  const { sendKey } = port.oneX;
  return oneXSucceeded(port, sendKey === undefined ? { receiveKey: secret } : { sendKey, receiveKey: secret });
};

const timeout = (port: Port): PortStep => {
  const reason = port.facts.method.incomplete?.(port.method);
  const waitingForModule = oneX.isRunning(port.oneX) ? REASON.MSMSEC_AUTH_SUCCESS_TIMEOUT : REASON.MSMSEC_KEY_SUCCESS_TIMEOUT;
  return andThen(forgetWish(port), (next) => conclude(next, failure(reason ?? waitingForModule, ERROR_TIMEOUT)));
};

const allocationFailed = (port: Port, win32: number): PortStep =>
  port.oneX.phase === 'allocating' ? oneXFailed(port, REASON.UNKNOWN, win32) : stay(port);

const answered = (port: Port, reply: Answer): PortStep => {
  const { win32, tag } = reply;
  switch (reply.to) {
    case 'setKeyMappingKey':
    case 'setDefaultKey':
    case 'setDefaultKeyId':
    case 'setExcludeUnencrypted':
      return withDownloads(port, answer(port.downloads, win32, port.facts.peer));
    case 'allocateBuffer':
      return reply.buffer === undefined ? allocationFailed(port, win32) : withOneX(port, oneX.startWith(port.oneX, reply.buffer));
    case 'startOneX':
      return win32 === ERROR_SUCCESS ? withOneX(port, oneX.started(port.oneX)) : oneXFailed(port, REASON.UNKNOWN, win32);
    case 'derive':
      return toMethod(port, { kind: 'derived', label: tag, win32, ...(reply.secret && { secret: reply.secret }) });
    case 'nicSpecificExtension':
      return toMethod(port, { kind: 'nicAnswered', tag, win32, ...(reply.output && { output: reply.output }) });
    default:
      return win32 === ERROR_SUCCESS ? stay(port) : emit(port, report('R179', `${reply.to} was refused: ${Win32.show(win32)}`));
  }
};

/** A user who left while the operation waits for an answer ends the waiting (R222). */
const userGone = (port: Port): PortStep => {
  const told = isPending(port) ? conclude(port, failure(REASON.MSMSEC_UI_REQUEST_FAILURE, ERROR_NOT_AUTHENTICATED)) : stay(port);
  return andThen<Port, Port, PortOutput, PortOutput>(told, (next) => toMethod(next, { kind: 'userGone' }));
};

/** One port, one input: the whole post-association operation as a pure function. */
export const stepPort = (port: Port, input: PortInput): PortStep => {
  switch (input.kind) {
    case 'packet':
      return receive(port, input);
    case 'sent':
      return andThen(withDownloads(port, openGate(port.downloads, input.tag, port.facts.peer)), (next) => toMethod(next, input));
    case 'answered':
      return answered(port, input);
    case 'oneXResult':
      return oneXResult(port, input);
    case 'supplied':
      return supplied(port, input.tag, input.secret);
    case 'laterTurn':
      return leavePerform(port);
    case 'timer':
      return input.name === WATCHDOG ? timeout(port) : toMethod(port, input);
    case 'userGone':
      return userGone(port);
    default:
      return toMethod(port, input);
  }
};

const LET_IN_UNENCRYPTED: MethodCommand = { do: 'install', keys: [{ slot: 'excludeUnencrypted', exclude: false }] };

/** Opens a port: the method begins, and the clock starts for the completion that is owed from now on. */
export const openPort = (facts: PortFacts, context: MethodContext): PortStep => {
  const { state, effects } = facts.method.begin(context);
  const port: Port = { facts, method: state, oneX: oneX.oneXUnstarted, downloads: noDownloads, completion: opening };
  const watch: PortOutput = { do: 'setTimer', name: WATCHDOG, ms: facts.method.completionTimeout ?? COMPLETION_TIMEOUT_MS };
  const commands: ReadonlyArray<MethodCommand> = facts.letsInUnencrypted ? [LET_IN_UNENCRYPTED, ...effects] : effects;
  return andThen(emit(port, watch), (next) => steps(next, commands, obey));
};

/** A fault in a method fails its own port and nothing else (R263). */
export const breakPort = (port: Port): PortStep =>
  andThen(forgetWish(port), (next) => conclude(next, failure(REASON.UNKNOWN, ERROR_GEN_FAILURE)));

/** What a dying port still owes the 802.1X module (R117). */
export const partingCalls = (port: Port): ReadonlyArray<PortCall> => (oneX.isRunning(port.oneX) ? [{ kind: 'stopOneX' }] : []);

/** At a reset, the host is owed the completion too, if it has had none (R151, R152, R173). */
export const resetCalls = (port: Port): ReadonlyArray<PortCall> => {
  const { peer } = port.facts;
  const win32 = Win32.codes.ERROR_CANCELLED;
  const cancelled: PortCall = { kind: 'postAssociateCompletion', peer, reason: REASON.MSMSEC_CANCELLED, win32 };
  return isPending(port) ? [...partingCalls(port), cancelled] : partingCalls(port);
};

/** Destroys the secrets of a port, whatever state it was in (R192). */
export const releasePort = (port: Port): void => {
  releaseKeys(port.downloads);
  if (port.oneX.phase === 'opening') port.oneX.sendKey?.zeroise();
  tryCatch(() => port.facts.method.release?.(port.method));
};

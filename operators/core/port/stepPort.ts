import { L2Reason, Win32 } from '../../../streams/events/index.js';
import type { MethodCommand } from '../method/commands.js';
import type { MethodInput, Packet } from '../method/inputs.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { andThen, emit, stay, steps } from '../Step.js';
import { conclude, forgetWish, isPending, leavePerform, opening, reconsider, WATCHDOG } from './completion.js';
import { adopt, answer, type DownloadStep, install, noDownloads, openGate, own } from './downloads.js';
import { failure, success } from './latch.js';
import * as oneX from './oneX.js';
import { type Answer, call, type Port, type PortFacts, type PortInput, type PortOutput, type PortStep, report } from './Port.js';
import { malformation } from './packetRules.js';
import { isModuleKey, keyOpened, oneXAllocated, oneXResult, oneXStarted, startOneX, withOneX } from './portOneX.js';

const { ERROR_SUCCESS, ERROR_TIMEOUT, ERROR_NOT_AUTHENTICATED, ERROR_GEN_FAILURE } = Win32.codes;
const REASON = L2Reason.codes;

/** R174: the host is told within this time, unless the method claims another. */
export const COMPLETION_TIMEOUT_MS = 30_000;

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
    case 'adopt':
      return stay({ ...port, downloads: adopt(port.downloads, command.keys) });
    case 'rememberPmk':
      return emit(
        { ...port, downloads: own(port.downloads, [command.entry.pmk]) },
        call({ kind: 'rememberPmk', entry: command.entry }),
      );
    case 'forgetPmk':
      return emit(port, call({ kind: 'forgetPmk', peer: command.peer, pmkid: command.pmkid }));
    case 'offloadRekeys': {
      const { keys } = command;
      return emit(
        { ...port, downloads: own(port.downloads, [keys.kck, keys.kek]) },
        call({ kind: 'setRekeyOffload', peer, keys }),
      );
    }
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

const toMethod = (port: Port, input: MethodInput): PortStep => {
  const { state, effects } = port.facts.method.step(port.method, input);
  if (state === port.method && effects.length === 0) return stay(port);
  return steps(state === port.method ? port : { ...port, method: state }, effects, obey);
};

const receive = (port: Port, packet: Packet): PortStep => {
  const fault = malformation(port.facts, packet);
  if (fault !== undefined) return emit(port, report('R90', `${fault} and was dropped`));
  const taken = oneX.receive(port.oneX, packet, port.facts.method.usesOneX && port.facts.mayUseOneX);
  if (taken === 'mine') return toMethod(port, { kind: 'packet', ...packet });
  const kept = withOneX(port, taken);
  // Held for the module, and the method's cue to start it: it may have counted on a key the access point has forgotten.
  return oneX.isUnstarted(port.oneX) ? andThen(kept, (next) => toMethod(next, { kind: 'packet', ...packet })) : kept;
};

const timeout = (port: Port): PortStep => {
  const reason = port.facts.method.incomplete?.(port.method);
  const waitingForModule = oneX.isRunning(port.oneX) ? REASON.MSMSEC_AUTH_SUCCESS_TIMEOUT : REASON.MSMSEC_KEY_SUCCESS_TIMEOUT;
  return andThen(forgetWish(port), (next) => conclude(next, failure(reason ?? waitingForModule, ERROR_TIMEOUT)));
};

const answered = (port: Port, reply: Answer): PortStep => {
  const { win32, tag } = reply;
  switch (reply.to) {
    case 'setKeyMappingKey':
    case 'setDefaultKey':
    case 'setDefaultKeyId':
    case 'setExcludeUnencrypted':
    case 'setPairwiseTransmitKey':
      return withDownloads(port, answer(port.downloads, win32, port.facts.peer));
    case 'allocateBuffer':
      return oneXAllocated(port, reply, toMethod);
    case 'startOneX':
      return oneXStarted(port, win32, toMethod);
    case 'rememberPmk':
    case 'forgetPmk':
    case 'setRekeyOffload':
      // A host without a cache of PMKs is none the worse, nor is hardware that sleeps with its host.
      return stay(port);
    case 'sendUIRequest':
      return win32 === ERROR_SUCCESS ? stay(port) : userGone(port);
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
      return oneXResult(port, input, toMethod);
    case 'supplied':
      return isModuleKey(input.tag) ? keyOpened(port, input, toMethod) : toMethod(port, input);
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

/** A port before this one may have shut out what is not encrypted, and this network encrypts nothing (R147). */
const LET_IN_UNENCRYPTED: MethodCommand = { do: 'install', keys: [{ slot: 'excludeUnencrypted', exclude: false }] };

/** Opens a port: the method begins, and the clock starts for the completion that is owed from now on. */
export const openPort = (facts: PortFacts, context: MethodContext, letsInUnencrypted = false): PortStep => {
  const { state, effects } = facts.method.begin(context);
  const port: Port = { facts, method: state, oneX: oneX.oneXUnstarted, downloads: noDownloads, completion: opening };
  const watch: PortOutput = { do: 'setTimer', name: WATCHDOG, ms: facts.method.completionTimeout ?? COMPLETION_TIMEOUT_MS };
  const commands: ReadonlyArray<MethodCommand> = letsInUnencrypted ? [LET_IN_UNENCRYPTED, ...effects] : effects;
  return andThen(emit(port, watch), (next) => steps(next, commands, obey));
};

/** A fault in a method fails its own port and nothing else (R263). */
export const breakPort = (port: Port): PortStep =>
  andThen(forgetWish(port), (next) => conclude(next, failure(REASON.UNKNOWN, ERROR_GEN_FAILURE)));

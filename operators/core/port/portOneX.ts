import { isOneXReason, L2Reason, OneXAuthStatus, OneXResult, Win32 } from '../../../streams/events/index.js';
import type { MethodInput, Packet } from '../method/inputs.js';
import { andThen, emit, type Step, stay, steps } from '../Step.js';
import { conclude, forgetWish } from './completion.js';
import { failure } from './latch.js';
import * as oneX from './oneX.js';
import { type Answer, type OneXOutcome, type Port, type PortInput, type PortOutput, type PortStep, report } from './Port.js';

const { ERROR_SUCCESS, ERROR_NOT_AUTHENTICATED, ERROR_INVALID_DATA } = Win32.codes;
const REASON = L2Reason.codes;
const SEND_KEY = '@send-key';
const RECEIVE_KEY = '@receive-key';

/** How what the module comes to is handed to the method of the port. */
type ToMethod = (port: Port, input: MethodInput) => PortStep;

export const withOneX = (port: Port, step: Step<oneX.OneX, PortOutput>): PortStep => ({
  state: step.state === port.oneX ? port : { ...port, oneX: step.state },
  effects: step.effects,
});

/** R26: a profile that brings its own 802.1X never starts the host's. */
export const startOneX = (port: Port, attributes: Uint8Array | undefined): PortStep =>
  port.facts.mayUseOneX
    ? withOneX(port, oneX.start(port.oneX, attributes))
    : emit(port, report('R26', 'the profile does not use the 802.1X module of the host'));

/** What was parked is the method's now, in the order it came (R106). */
const unpark = (port: Port, packets: ReadonlyArray<Packet>, toMethod: ToMethod): PortStep =>
  steps(port, packets, (next, packet) => toMethod(next, { kind: 'packet', ...packet }));

type Keys = Omit<Extract<MethodInput, { kind: 'oneXSucceeded' }>, 'kind'>;

const succeeded = (port: Port, keys: Keys, toMethod: ToMethod): PortStep => {
  const parked = oneX.parkedPackets(port.oneX);
  const over: Port = { ...port, oneX: oneX.oneXOver };
  return andThen(toMethod(over, { kind: 'oneXSucceeded', ...keys }), (next) => unpark(next, parked, toMethod));
};

/** The host is told first (R114); then the method may start again (R178). */
const failed = (port: Port, reason: number, win32: number, toMethod: ToMethod): PortStep => {
  const over: Port = { ...port, oneX: oneX.oneXOver };
  const told = andThen(forgetWish(over), (next) => conclude(next, failure(reason, win32)));
  return andThen(told, (next) => toMethod(next, { kind: 'oneXFailed', reason }));
};

/** The reason of the module, where it is one (R114), and otherwise what its status says (R180). */
const failureReason = ({ reason, status }: OneXOutcome): number => {
  if (isOneXReason(reason)) return reason;
  return status === OneXAuthStatus.codes.NO_AUTHENTICATOR_FOUND
    ? REASON.MSMSEC_NO_AUTHENTICATOR
    : REASON.ONEX_EAP_FAILURE_RECEIVED;
};

/** R110: two results end the run, the third is progress. */
export const oneXResult = (port: Port, outcome: OneXOutcome, toMethod: ToMethod): PortStep => {
  if (port.oneX.phase === 'starting' && !outcome.ofStoppedRun) {
    // The first word that ends the run is the one that counts (R110).
    const isProgress = outcome.result === OneXResult.codes.IN_PROGRESS;
    return isProgress || port.oneX.early !== undefined ? stay(port) : stay({ ...port, oneX: { ...port.oneX, early: outcome } });
  }
  if (port.oneX.phase !== 'running') return emit(port, report('R115', 'an 802.1X result came though none is running'));
  switch (outcome.result) {
    case OneXResult.codes.IN_PROGRESS:
      return stay(port);
    case OneXResult.codes.SUCCESS:
      return openKeys(port, outcome, toMethod);
    default:
      return failed(port, failureReason(outcome), ERROR_NOT_AUTHENTICATED, toMethod);
  }
};

/** R112: both keys are protected blobs; each is opened once, by whoever can. */
const openKeys = (port: Port, { sendKey, receiveKey }: OneXOutcome, toMethod: ToMethod): PortStep => {
  if (sendKey === undefined || receiveKey === undefined) {
    return port.facts.needsPairwiseKey
      ? failed(port, REASON.MSMSEC_NO_PAIRWISE_KEY, ERROR_INVALID_DATA, toMethod)
      : succeeded(port, {}, toMethod);
  }
  const opened: Port = { ...port, oneX: { phase: 'opening', parked: oneX.parkedPackets(port.oneX) } };
  return emit<Port, PortOutput>(
    opened,
    { do: 'ask', tag: SEND_KEY, request: { want: 'unprotected', blob: sendKey } },
    { do: 'ask', tag: RECEIVE_KEY, request: { want: 'unprotected', blob: receiveKey } },
  );
};

/** Whether a secret is one of the module's two keys, and not one the method asked for. */
export const isModuleKey = (tag: string): boolean => tag === SEND_KEY || tag === RECEIVE_KEY;

/** One of the module's keys in clear text; with the second the method takes over. */
export const keyOpened = (
  port: Port,
  { tag, secret }: Extract<PortInput, { kind: 'supplied' }>,
  toMethod: ToMethod,
): PortStep => {
  if (port.oneX.phase !== 'opening') {
    secret?.zeroise();
    return stay(port);
  }
  if (secret === undefined) return failed(port, REASON.MSMSEC_NO_PAIRWISE_KEY, ERROR_INVALID_DATA, toMethod);
  if (tag === SEND_KEY) return stay({ ...port, oneX: { ...port.oneX, sendKey: secret } });
  const { sendKey } = port.oneX;
  return succeeded(port, sendKey === undefined ? { receiveKey: secret } : { sendKey, receiveKey: secret }, toMethod);
};

/** The buffer for the attributes is there, or is not (R103). */
export const oneXAllocated = (port: Port, { buffer, win32 }: Answer, toMethod: ToMethod): PortStep => {
  if (buffer !== undefined) return withOneX(port, oneX.startWith(port.oneX, buffer));
  return port.oneX.phase === 'allocating' ? failed(port, REASON.UNKNOWN, win32, toMethod) : stay(port);
};

export const oneXStarted = (port: Port, win32: number, toMethod: ToMethod): PortStep => {
  if (win32 !== ERROR_SUCCESS) return failed(port, REASON.UNKNOWN, win32, toMethod);
  const early = port.oneX.phase === 'starting' ? port.oneX.early : undefined;
  const running = withOneX(port, oneX.started(port.oneX));
  return early === undefined ? running : andThen(running, (next) => oneXResult(next, early, toMethod));
};

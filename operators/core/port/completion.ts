import { isIhvReason, L2Reason, Win32 } from '../../../streams/events/index.js';
import { andThen, emit, type Step, stay } from '../Step.js';
import { isBusy } from './downloads.js';
import { call, type Port, type PortOutput, type PortStep, report } from './Port.js';

/** What the host is to believe of the port. */
export type Verdict =
  | { readonly authorized: true; readonly reason: number }
  | { readonly authorized: false; readonly reason: number; readonly win32: number };

/**
 * The completion latch. `told` is what the host was last told; `wish` is a verdict that has to wait, for the keys (R58) or
 * for a later turn (R37).
 */
export interface Completion {
  readonly told: 'nothing' | 'authorized' | 'unauthorized';
  readonly inPerform: boolean;
  readonly wish?: Verdict;
}

/** The name of the timer that makes sure the first completion is not owed forever (R174). */
export const WATCHDOG = '@watchdog';

export const opening: Completion = { told: 'nothing', inPerform: true };
const owed: Completion = { told: 'nothing', inPerform: false };
const authorized: Completion = { told: 'authorized', inPerform: false };
const unauthorized: Completion = { told: 'unauthorized', inPerform: false };

export const isPending = (port: Port): boolean => port.completion.told === 'nothing';

export const success = (ihvReason = 0): Verdict => ({ authorized: true, reason: isIhvReason(ihvReason) ? ihvReason : 0 });

/** ERROR_CANCELLED says that a reset did it, and nothing else may say so (R173). */
const failureCode = (win32: number): number => {
  if (win32 === Win32.codes.ERROR_SUCCESS) return Win32.codes.ERROR_GEN_FAILURE;
  return win32 === Win32.codes.ERROR_CANCELLED ? Win32.codes.ERROR_OPERATION_ABORTED : win32;
};

/** A failure has both codes, whatever it was given (R172). */
export const failure = (reason: number, win32: number): Verdict => ({
  authorized: false,
  reason: reason === 0 ? L2Reason.codes.UNKNOWN : reason,
  win32: failureCode(win32),
});

const wishing = (port: Port, wish: Verdict): Port => ({ ...port, completion: { ...port.completion, wish } });

const withoutKey = failure(L2Reason.codes.MSMSEC_NO_PAIRWISE_KEY, Win32.codes.ERROR_INVALID_STATE);

const isUnchanged = ({ told }: Completion, verdict: Verdict): boolean =>
  told !== 'nothing' && (told === 'authorized') === verdict.authorized;

/** Sets the latch first and tells the host second: the host may call back from inside (R264). */
const tell = (port: Port, verdict: Verdict): PortStep => {
  const { peer } = port.facts;
  const win32 = verdict.authorized ? Win32.codes.ERROR_SUCCESS : verdict.win32;
  const completion = call({ kind: 'postAssociateCompletion', peer, reason: verdict.reason, win32 });
  const told: Port = { ...port, completion: verdict.authorized ? authorized : unauthorized };
  return isPending(port) ? emit(told, { do: 'clearTimer', name: WATCHDOG }, completion) : emit(told, completion);
};

/** Completes with a verdict, now or as soon as it is allowed. */
export const conclude = (port: Port, verdict: Verdict): PortStep => {
  if (isUnchanged(port.completion, verdict)) return forgetWish(port);
  if (port.completion.inPerform) return emit(wishing(port, verdict), { do: 'awaitLaterTurn' });
  if (!verdict.authorized) return tell(port, verdict);
  if (isBusy(port.downloads)) return stay(wishing(port, verdict));
  if (!port.facts.needsPairwiseKey || port.downloads.pairwiseAccepted) return tell(port, verdict);
  const remark = report('R58', 'the method reported success though no pairwise key was accepted');
  return andThen<Port, Port, PortOutput, PortOutput>(emit(port, remark), (same) => conclude(same, withoutKey));
};

const granted = ({ told }: Completion): Completion =>
  told === 'nothing' ? owed : told === 'authorized' ? authorized : unauthorized;

/** Looks again at a verdict that had to wait. */
export const reconsider = (port: Port): PortStep => {
  const { wish, inPerform } = port.completion;
  return wish === undefined || inPerform ? stay(port) : conclude({ ...port, completion: granted(port.completion) }, wish);
};

/** The turn of Perform is over (R37). */
export const leavePerform = (port: Port): PortStep => {
  const { wish } = port.completion;
  const left: Port = { ...port, completion: granted(port.completion) };
  return wish === undefined ? stay(left) : conclude(left, wish);
};

/** A failure, whatever failed, makes a waiting success obsolete; the turn it waited for is not over because of that. */
export const forgetWish = (port: Port): Step<Port, never> => {
  const { wish, inPerform } = port.completion;
  if (wish === undefined) return stay(port);
  return stay({ ...port, completion: inPerform ? opening : granted(port.completion) });
};

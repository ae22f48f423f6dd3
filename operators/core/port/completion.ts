import { L2Reason, Win32 } from '../../../streams/events/index.js';
import { andThen, emit, type Step, stay } from '../Step.js';
import { isBusy } from './downloads.js';
import { failure, isUnchanged, latch, type Told, type Verdict } from './latch.js';
import { call, type Port, type PortOutput, type PortStep, report } from './Port.js';

/**
 * The completion latch. `told` is what the host was last told; `wish` is a verdict that has to wait, for the keys (R58) or
 * for a later turn (R37).
 */
export interface Completion {
  readonly told: Told;
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

const wishing = (port: Port, wish: Verdict): Port => ({ ...port, completion: { ...port.completion, wish } });

const withoutKey = failure(L2Reason.codes.MSMSEC_NO_PAIRWISE_KEY, Win32.codes.ERROR_INVALID_STATE);

/** The state after a turn in which nothing waits. */
const granted = ({ told }: Pick<Completion, 'told'>): Completion =>
  told === 'nothing' ? owed : told === 'authorized' ? authorized : unauthorized;

const tell = (port: Port, verdict: Verdict): PortStep => {
  const { state: told, effects } = latch(port.completion.told, verdict, port.facts.peer);
  const completed: Port = { ...port, completion: granted({ told }) };
  const calls = effects.map((body) => call(body));
  return isPending(port)
    ? emit<Port, PortOutput>(completed, { do: 'clearTimer', name: WATCHDOG }, ...calls)
    : emit(completed, ...calls);
};

/** Completes with a verdict, now or as soon as it is allowed. */
export const conclude = (port: Port, verdict: Verdict): PortStep => {
  if (isUnchanged(port.completion.told, verdict)) return forgetWish(port);
  if (port.completion.inPerform) return emit(wishing(port, verdict), { do: 'awaitLaterTurn' });
  if (!verdict.authorized) return tell(port, verdict);
  if (isBusy(port.downloads)) return stay(wishing(port, verdict));
  if (!port.facts.needsPairwiseKey || port.downloads.pairwiseAccepted) return tell(port, verdict);
  const remark = report('R58', 'the method reported success though no pairwise key was accepted');
  return andThen<Port, Port, PortOutput, PortOutput>(emit(port, remark), (same) => conclude(same, withoutKey));
};

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

import { isIhvReason, L2Reason, type MacAddress, Win32 } from '../../../streams/events/index.js';
import { emit, type Step, stay } from '../Step.js';
import type { PortCall } from './Port.js';

/** What the host is to believe of the port. */
export type Verdict =
  | { readonly authorized: true; readonly reason: number }
  | { readonly authorized: false; readonly reason: number; readonly win32: number };

/** What the host was last told. */
export type Told = 'nothing' | 'authorized' | 'unauthorized';

/** A success gives no reason, or one of the vendor's own (R171). */
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

const after = ({ authorized }: Verdict): Told => (authorized ? 'authorized' : 'unauthorized');

/** After the first completion only a change is worth a word (R175, R176). */
export const isUnchanged = (told: Told, verdict: Verdict): boolean => told === after(verdict);

/** The completion a verdict becomes, unless the host knows it already; the latch is set first, the host told second (R264). */
export const latch = (told: Told, verdict: Verdict, peer: MacAddress): Step<Told, PortCall> => {
  if (isUnchanged(told, verdict)) return stay(told);
  const win32 = verdict.authorized ? Win32.codes.ERROR_SUCCESS : verdict.win32;
  return emit(after(verdict), { kind: 'postAssociateCompletion', peer, reason: verdict.reason, win32 });
};

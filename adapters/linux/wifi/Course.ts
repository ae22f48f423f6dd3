import type { EapFault } from '../../../operators/core/index.js';
import { L2Reason } from '../../../streams/events/index.js';
import {
  corrected,
  delayAfter,
  endWords,
  type Failures,
  failedWith,
  failuresAfter,
  hopelessWords,
  noFailures,
  portWords,
  statusWords,
  suspectedBy,
} from './afterFailure.js';
import { type HandshakeSigns, noSigns } from './HandshakeSigns.js';

/** How it went since the last connection that lasted, and what was seen of the one under way. */
export interface Course {
  readonly failures: Failures;
  readonly signs: HandshakeSigns;
  /** Since when it is connected. */
  readonly connectedAt?: number;
  /** Why the engine let its port fail, until the kernel has told that the network is left. */
  readonly failing?: number;
  /** Why 802.1X has failed, until the association has. */
  readonly eapFault?: EapFault;
}

/** Why an attempt or a connection ended, in words and, where the engine has one, with its reason. */
export interface End {
  readonly why: string;
  readonly reason?: number;
}

/** What follows an end. */
export type Sequel =
  | { readonly kind: 'wait'; readonly ms: number; readonly why: string }
  | { readonly kind: 'giveUp'; readonly why: string };

/** An end that counts, and what follows it. */
export interface Outcome {
  readonly course: Course;
  readonly fault?: EapFault;
  readonly sequel: Sequel;
}

export const newCourse: Course = { failures: noFailures, signs: noSigns };

/** What is said of a port that has failed is over as soon as the association is, or another one begins. */
export const settled = ({ failing: _, ...course }: Course): Course => course;

/** The engine has let its port fail, or the kernel has not opened it. */
export const portFailed = (course: Course, reason: number | undefined): Course => ({
  ...course,
  failing: reason === undefined ? L2Reason.codes.MSMSEC_NIC_FAILURE : corrected(reason, course.signs),
});

export const portOpened = ({ eapFault: _, ...course }: Course, now: number): Course => ({
  ...course,
  connectedAt: course.connectedAt ?? now,
});

/** Why an association is over that there was: or its port had failed, and this follows from it. */
export const endOf = ({ failing, signs }: Course, status: number, isUp: boolean): End => {
  if (failing !== undefined) return { why: portWords(failing, signs), reason: failing };
  if (isUp) return { why: statusWords(status) };
  const reason = suspectedBy(status, signs);
  return { why: endWords(status, signs), ...(reason !== undefined && { reason }) };
};

/** An attempt, or a connection, has come to its end. */
export const afterEnd = (course: Course, { why, reason }: End, now: number): Outcome => {
  const { connectedAt, eapFault: fault, ...rest } = course;
  const before = connectedAt === undefined ? rest.failures : failuresAfter(rest.failures, now - connectedAt);
  const failures = failedWith(before, reason, fault?.code);
  const hopeless = hopelessWords(failures);
  const sequel: Sequel =
    hopeless === undefined ? { kind: 'wait', ms: delayAfter(failures), why } : { kind: 'giveUp', why: hopeless };
  return { course: { ...rest, failures }, ...(fault && { fault }), sequel };
};

import type { EapFault } from '../../../operators/core/index.js';
import { AssocStatus, L2Reason } from '../../../streams/events/index.js';
import {
  corrected,
  delayAfter,
  endWords,
  type Failures,
  FIRST_DELAY_MS,
  failedWith,
  failuresAfter,
  hasLasted,
  hopelessWords,
  isByPeer,
  isSentAway,
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
  /** Of a connection that was up: what the kernel told. */
  readonly status?: number;
}

/** What follows an end. */
export type Sequel =
  /** Another search, near the access point that was lost or wherever there are channels. */
  | { readonly kind: 'seek'; readonly ms: number; readonly search: 'near' | 'all' }
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

/** A kernel takes no key any more for an access point that has sent the station away meanwhile. */
const isOvertaken = (failing: number, status: number): boolean =>
  failing === L2Reason.codes.MSMSEC_NIC_FAILURE && isByPeer(status);

/** Why an association is over that there was: or its port had failed, and this follows from it. */
export const endOf = ({ failing, signs }: Course, status: number, isUp: boolean): End => {
  if (failing !== undefined && !isOvertaken(failing, status)) return { why: portWords(failing, signs), reason: failing };
  if (isUp) return { why: statusWords(status), status };
  const reason = suspectedBy(status, signs);
  return { why: endWords(status, signs), ...(reason !== undefined && { reason }) };
};

/** How often in a row a short connection is looked for near where it was: afterwards another access point may be better. */
const NEARBY = 3;

/** Nothing is wrong with a connection that was up: its access point may be gone back to. */
const isMissed = ({ connectedAt, eapFault }: Course, { status, reason }: End): boolean =>
  connectedAt !== undefined && status !== undefined && reason === undefined && eapFault === undefined && !isSentAway(status);

/** As soon as nothing has failed before; what this side has ended is about to be switched off, or to sleep. */
const afterMissed = (failures: Failures, status: number | undefined): Sequel => ({
  kind: 'seek',
  ms: Math.max(delayAfter(failures), status === AssocStatus.codes.DISASSOCIATED_BY_OS ? FIRST_DELAY_MS : 0),
  search: failures.count < NEARBY ? 'near' : 'all',
});

/** An attempt, or a connection, has come to its end. */
export const afterEnd = (course: Course, end: End, now: number): Outcome => {
  const { connectedAt, eapFault: fault, ...rest } = course;
  const lastedMs = connectedAt === undefined ? undefined : now - connectedAt;
  const before = lastedMs === undefined ? rest.failures : failuresAfter(rest.failures, lastedMs);
  const after = failedWith(before, end.reason, fault?.code);
  if (isMissed(course, end)) {
    const failures = lastedMs !== undefined && hasLasted(lastedMs) ? before : after;
    return { course: { ...rest, failures }, sequel: afterMissed(before, end.status) };
  }
  const hopeless = hopelessWords(after);
  const sequel: Sequel =
    hopeless === undefined ? { kind: 'seek', ms: delayAfter(after), search: 'all' } : { kind: 'giveUp', why: hopeless };
  return { course: { ...rest, failures: after }, ...(fault && { fault }), sequel };
};

import type { EapFault } from '../../../operators/core/index.js';
import { AssocStatus, L2Reason } from '../../../streams/events/index.js';
import { type HandshakeSigns, isRefused, missingWords } from './HandshakeSigns.js';

/** How often in a row the passphrase may look wrong before it is taken for wrong: a lost message 2 looks the same. */
const SUSPICIONS = 2;
/** How often a server may refuse us: accounts are locked for less than a handful. */
const REFUSALS = 2;
/** heldPeriod of IEEE 802.1X-2020 8.6: after a failure of 802.1X nobody is in a hurry. */
const HELD_MS = 60_000;
export const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** What has gone wrong since the last success. */
export interface Failures {
  readonly count: number;
  readonly suspicions: number;
  readonly refusals: number;
  /** The last one was a failure of 802.1X. */
  readonly isHeld: boolean;
}

export const noFailures: Failures = { count: 0, suspicions: 0, refusals: 0, isHeld: false };

type FaultCode = EapFault['code'];

/** By those the server has shown that it does not want us, or there is nothing to show it. */
const REFUSED: ReadonlySet<FaultCode> = new Set(['rejected', 'wrongPassword', 'accountRestricted', 'noCredential']);
/** Nobody was there, or nobody wanted it any more. */
const PASSING: ReadonlySet<FaultCode> = new Set(['noAnswer', 'cancelled']);

const { MSMSEC_PSK_MISMATCH_SUSPECTED } = L2Reason.codes;

export const failedWith = (
  { count, suspicions, refusals }: Failures,
  reason: number | undefined,
  fault?: FaultCode,
): Failures => ({
  count: count + 1,
  suspicions: reason === MSMSEC_PSK_MISMATCH_SUSPECTED ? suspicions + 1 : 0,
  refusals: fault !== undefined && REFUSED.has(fault) ? refusals + 1 : 0,
  isHeld: fault !== undefined && !PASSING.has(fault),
});

const WRONG_PASSPHRASE = 'the passphrase is most likely wrong: the access point did not accept a key made of it';
const REFUSED_TWICE = 'the server has refused us twice, and does so until something changes; a third time could lock the account';

/** What was refused does not get right by being shown again, and whoever tries on may be shut out. */
export const hopelessWords = ({ suspicions, refusals }: Failures): string | undefined => {
  if (suspicions >= SUSPICIONS) return WRONG_PASSPHRASE;
  return refusals >= REFUSALS ? REFUSED_TWICE : undefined;
};

/** How long to wait before the next attempt: not at all if nothing has failed, and twice as long each time. */
export const delayAfter = ({ count, isHeld }: Failures): number => {
  if (isHeld) return HELD_MS;
  return count === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - 1));
};

const PEER_DEAUTHENTICATED = 0x10000;
const UNSPECIFIED = 1;
const PEER_DISASSOCIATED = 0x20000;
const CODE = 0xffff;
const RANGE = 0xffff0000;
const FOUR_WAY_TIMEOUT = 15;
const ELEMENT_DIFFERS = 17;
const ONE_X_FAILED = 23;
const LEAVING = 3;

const { MSMSEC_KEY_START_TIMEOUT, MSMSEC_KEY_SUCCESS_TIMEOUT, MSMSEC_SEC_IE_MATCHING, MSMSEC_PR_IE_MATCHING } = L2Reason.codes;
const REASONS = new Map<number, number>([
  [MSMSEC_PSK_MISMATCH_SUSPECTED, FOUR_WAY_TIMEOUT],
  [MSMSEC_KEY_START_TIMEOUT, FOUR_WAY_TIMEOUT],
  [MSMSEC_KEY_SUCCESS_TIMEOUT, FOUR_WAY_TIMEOUT],
  [MSMSEC_SEC_IE_MATCHING, ELEMENT_DIFFERS],
  [MSMSEC_PR_IE_MATCHING, ELEMENT_DIFFERS],
]);
const isOneX = (reason: number): boolean => reason > 0x50000 && reason <= 0x5ffff;

/**
 * Reasons (IEEE 802.11-2020 Table 9-49) that do not speak against being back at once: none in particular (1), an authentication or association
 * that the access point does not know any more (2, 6, 7, 9), its leaving (3, 8), our silence (4), a group key that did not arrive (16). Others say
 * that the station is not wanted there, as 5 where there are too many.
 */
const COME_BACK: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 7, 8, 9, 16]);

/** Whether the access point has ended it. */
export const isByPeer = (status: number): boolean => {
  const range = status & RANGE;
  return range === PEER_DEAUTHENTICATED || range === PEER_DISASSOCIATED;
};

/** Whether the end of a connection says that the station should stay away. */
export const isSentAway = (status: number): boolean => isByPeer(status) && !COME_BACK.has(status & CODE);

const isHandshakeGivenUp = (status: number): boolean => status === PEER_DEAUTHENTICATED + FOUR_WAY_TIMEOUT;

/** What is to be thought of an access point that gives up a handshake: it refused our message 2, or the air swallowed something. */
export const suspectedBy = (status: number, signs: HandshakeSigns): number | undefined => {
  if (!isHandshakeGivenUp(status)) return undefined;
  if (isRefused(signs)) return MSMSEC_PSK_MISMATCH_SUSPECTED;
  return signs.messages1 === 0 ? MSMSEC_KEY_START_TIMEOUT : MSMSEC_KEY_SUCCESS_TIMEOUT;
};

/** What the engine suspects, which hears only what comes in: whoever was not heard was not refused. */
export const corrected = (reason: number, signs: HandshakeSigns): number =>
  reason === MSMSEC_PSK_MISMATCH_SUSPECTED && signs.isHeard === false ? MSMSEC_KEY_SUCCESS_TIMEOUT : reason;

/** Why a handshake did not end well that the access point has ended. */
export const endWords = (status: number, signs: HandshakeSigns): string =>
  isHandshakeGivenUp(status) ? `${statusWords(status)}: ${missingWords(signs)}` : statusWords(status);

const HANDSHAKE_FAILURES: ReadonlySet<number> = new Set([
  MSMSEC_PSK_MISMATCH_SUSPECTED,
  MSMSEC_KEY_START_TIMEOUT,
  MSMSEC_KEY_SUCCESS_TIMEOUT,
]);

/** Why the engine has let the port fail. */
export const portWords = (reason: number, signs: HandshakeSigns): string =>
  `the port did not come up${HANDSHAKE_FAILURES.has(reason) ? `: ${missingWords(signs)}` : ''}`;

/** How long a connection has to last before the failures in front of it are forgotten. */
const LASTING_MS = 10_000;

export const hasLasted = (lastedMs: number): boolean => lastedMs >= LASTING_MS;

/** What counts after a connection: one that ended as soon as it was there was none. */
export const failuresAfter = (failures: Failures, lastedMs: number): Failures =>
  hasLasted(lastedMs) ? noFailures : { ...failures, suspicions: 0, refusals: 0, isHeld: false };

/** The reason an access point is told (IEEE 802.11-2020 Table 9-49) when its port has failed with a reason of the interface. */
export const reasonToLeave = (reason: number): number => {
  if (reason === 0) return LEAVING;
  return REASONS.get(reason) ?? (isOneX(reason) ? ONE_X_FAILED : UNSPECIFIED);
};

const ASSOCIATION_RESPONSE = 0x30000;

const WORDS = new Map<number, string>([
  [AssocStatus.codes.UNREACHABLE, 'the access point cannot be reached'],
  [
    AssocStatus.codes.DISASSOCIATED_BY_OS,
    'this machine has left: it went to sleep, its interface was switched off or taken away, or a program had it leave',
  ],
]);

/** Why an association did not come about, or ended, as a phrase. */
export const statusWords = (status: number): string => {
  const code = status & CODE;
  switch (status & RANGE) {
    case PEER_DEAUTHENTICATED:
      return `the access point deauthenticated us (reason ${code})`;
    case PEER_DISASSOCIATED:
      return `the access point disassociated us (reason ${code})`;
    case ASSOCIATION_RESPONSE:
      return `the access point refused the association (status ${code})`;
    default:
      return WORDS.get(status) ?? AssocStatus.show(status);
  }
};

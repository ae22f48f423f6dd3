import { L2Reason } from '../../../streams/events/index.js';
import type { Fault } from './fault.js';
import type { RsnState } from './state.js';

const REASON = L2Reason.codes;

/**
 * How sure it is that the passphrase, or whatever made the master key, is not the access point's.
 *
 * `excluded`: message 3 came with a MIC of the keys we derived. `proven`: the access point named another PMK and did not take
 * our message 2. `likely`: it did not take our message 2, again and again.
 */
export type WrongSecret = 'proven' | 'likely' | 'excluded' | 'unknown';

/**
 * Why a handshake is not through, as data.
 *
 * @since 0.2.0
 */
export interface HandshakeVerdict {
  /** What it stands at, or stood when it ended. */
  readonly awaited: 'secrets' | '802.1X' | 'message 1' | 'message 3' | 'group message 1' | 'nothing';
  readonly wrongSecret: WrongSecret;
  /** The reason a timeout would be reported with, or the one that was reported. */
  readonly reason?: number;
  readonly messages1: number;
  readonly repetitions: number;
  /** The latest faults of what came in; those with a `reason` ended the handshake. */
  readonly faults: ReadonlyArray<Fault>;
}

const awaitedIn = (state: RsnState): HandshakeVerdict['awaited'] => {
  switch (state.phase) {
    case 'arming':
    case 'transferring':
    case 'opening':
      return 'secrets';
    case 'authenticating':
      return '802.1X';
    case 'waiting':
      return 'message 1';
    case 'proving':
      return 'message 3';
    case 'established':
      return state.isComplete ? 'nothing' : 'group message 1';
    case 'over':
      return 'nothing';
  }
};

const repetitionsIn = (state: RsnState): number => (state.phase === 'proving' ? state.attempt.repetitions : 0);

/** @param tolerated how many repetitions of message 1 a lossy network may cause */
export const wrongSecretIn = (state: RsnState, tolerated: number): WrongSecret => {
  if (state.evidence.wasAccepted) return 'excluded';
  if (repetitionsIn(state) < tolerated) return 'unknown';
  return state.evidence.namedOtherPmk ? 'proven' : 'likely';
};

/** What a timeout means depends on how far things had come (R180). */
export const reasonOf = (state: RsnState, tolerated: number): number | undefined => {
  switch (state.phase) {
    case 'arming':
    case 'transferring':
    case 'opening':
      return REASON.UNKNOWN;
    case 'authenticating':
      return REASON.MSMSEC_AUTH_SUCCESS_TIMEOUT;
    case 'waiting':
      return REASON.MSMSEC_KEY_START_TIMEOUT;
    case 'proving': {
      const wrong = wrongSecretIn(state, tolerated);
      const isPassphrase = state.network.akm.source === 'psk' && (wrong === 'likely' || wrong === 'proven');
      return isPassphrase ? REASON.MSMSEC_PSK_MISMATCH_SUSPECTED : REASON.MSMSEC_KEY_SUCCESS_TIMEOUT;
    }
    case 'established':
      return state.isComplete ? undefined : REASON.MSMSEC_G1_MISSING_GRP_KEY;
    case 'over':
      return state.evidence.faults.findLast(({ reason }) => reason !== undefined)?.reason;
  }
};

/**
 * Explains a state: what it waits for, what came in and was wrong, and whether the passphrase can be the cause.
 *
 * @since 0.2.0
 */
export const verdictOf = (state: RsnState, tolerated: number): HandshakeVerdict => {
  const reason = reasonOf(state, tolerated);
  return {
    awaited: awaitedIn(state),
    wrongSecret: wrongSecretIn(state, tolerated),
    ...(reason !== undefined && { reason }),
    messages1: state.evidence.messages1,
    repetitions: repetitionsIn(state),
    faults: state.evidence.faults,
  };
};

const SENTENCES: Readonly<Record<HandshakeVerdict['awaited'], string>> = {
  secrets: 'the secrets of this network were not supplied',
  '802.1X': '802.1X did not come to an end',
  'message 1': 'the access point never began the handshake',
  'message 3': 'the access point did not answer message 2',
  'group message 1': 'the access point never sent its group key',
  nothing: 'the handshake is over',
};

const SUSPICIONS: Readonly<Record<WrongSecret, string>> = {
  proven: ': it holds another key, so the passphrase is wrong',
  likely: ', again and again: the passphrase is probably wrong',
  excluded: '',
  unknown: '',
};

/** The verdict in a sentence, without secrets. */
export const describe = ({ awaited, wrongSecret }: HandshakeVerdict): string => SENTENCES[awaited] + SUSPICIONS[wrongSecret];

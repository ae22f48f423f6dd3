import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../../streams/events/index.js';
import { readSaeCommit, type SaeCommit, StatusCode } from '../../../../streams/frames/index.js';
import { readGroup, type SaeFrame, statusOf } from './messages.js';
import { type CommitFault, faultOf } from './peerCommit.js';
import type { SaeFailure } from './SaeOutput.js';
import { curveOf, isExtendedKey, type SaeSetup } from './SaeSetup.js';
import type { PeerCommit, Terms } from './SaeState.js';

/** Why a commit is not answered. */
export interface CommitRefusal {
  readonly message: string;
  /** What it shows, unless it is merely broken. */
  readonly failure?: SaeFailure;
  /** What an access point says to it, unless it keeps silent. */
  readonly status?: number;
}

const { codes } = StatusCode;

const invalid = (fault: CommitFault): CommitRefusal => ({
  message: `an invalid commit: ${fault}`,
  failure: { reason: 'invalidCommit', fault },
  status: codes.UNSPECIFIED_FAILURE,
});

/** For an access point: whether the station means the password that is set up here. A station has chosen, and need not ask. */
const isNamed = (setup: SaeSetup, { method }: Terms, found: Uint8Array | undefined): boolean => {
  const wanted = method === 'hashToElement' ? setup.credential.identifier : undefined;
  return wanted === undefined || found === undefined ? wanted === found : equalBytes(wanted, found);
};

const unknownPassword: CommitRefusal = {
  message: 'an unknown password identifier',
  failure: { reason: 'unknownPasswordIdentifier' },
  status: codes.UNKNOWN_PASSWORD_IDENTIFIER,
};

/** Each group of the list must be one that would have been rejected here (IEEE 802.11-2020 12.4.5.4). */
const downgrade = (groups: ReadonlyArray<number>): CommitRefusal => ({
  message: `groups ${groups.join(', ')} are said to be rejected here`,
  failure: { reason: 'downgrade', groups },
  status: codes.UNSPECIFIED_FAILURE,
});

const examine = (setup: SaeSetup, terms: Terms, commit: SaeCommit): CommitRefusal | undefined => {
  if (setup.role === 'accessPoint' && !isNamed(setup, terms, commit.passwordIdentifier)) return unknownPassword;
  if (isExtendedKey(setup) && commit.akmSelector !== setup.akm) return invalid('otherAkm');
  const taken = (commit.rejectedGroups ?? []).filter((group) => curveOf(setup, group) !== undefined);
  if (terms.method === 'hashToElement' && taken.length > 0) return downgrade(taken);
  const fault = faultOf(terms.curve, commit);
  return fault === undefined ? undefined : invalid(fault);
};

/** A commit that keeps to the terms and can be answered (12.4.5.4). */
export const readPeerCommit = (setup: SaeSetup, terms: Terms, frame: SaeFrame): Either<CommitRefusal, PeerCommit> => {
  if (frame.status !== statusOf(terms.method)) return left(invalid('otherElementMethod'));
  const group = readGroup(frame);
  if (group !== undefined && group !== terms.curve.group) return left(invalid('otherGroup'));
  const read = readSaeCommit(frame.rest, frame.status);
  if (isLeft(read)) return left({ message: read.left.message });
  const refused = examine(setup, terms, read.right);
  if (refused !== undefined) return left(refused);
  const { scalar, element, rejectedGroups = [] } = read.right;
  return right({ scalar, element, rejectedGroups });
};

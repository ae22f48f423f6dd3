import { type Either, isLeft, left, mapLeft, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Secret } from '../../../../streams/events/index.js';
import {
  AuthenticationAlgorithm,
  type DecodeError,
  readAuthenticationFrame,
  readSaeConfirm,
  readSaeGroup,
  readSaeTokenRequest,
  type SaeConfirm,
  type SaeTokenRequest,
  StatusCode,
  writeAuthenticationFrame,
  writeSaeCommit,
  writeSaeConfirm,
} from '../../../../streams/frames/index.js';
import { joined } from '../keys/joined.js';
import { DIGEST_OCTETS, type DigestName } from './hash.js';
import type { Commitment } from './ownCommit.js';
import { type ElementMethod, isExtendedKey, type SaeSetup } from './SaeSetup.js';
import type { Accepted, Confirmed, Terms } from './SaeState.js';
import { confirmOf } from './saeKeys.js';

/** Authentication transaction sequence numbers of SAE. */
export const Transaction = { COMMIT: 1, CONFIRM: 2 } as const;

/** An Authentication frame of SAE. */
export interface SaeFrame {
  readonly transaction: 1 | 2;
  readonly status: number;
  readonly rest: Uint8Array;
}

const { codes } = StatusCode;
const EMPTY = new Uint8Array(0);
/** IEEE 802.11-2020 12.4.6 suggests no more; an element could not hold more anyway. */
const TOKEN_LIMIT = 256;

const toMessage = mapLeft(({ message }: DecodeError) => message);

const authentication = (transaction: number, status: number, rest: Uint8Array): Uint8Array =>
  writeAuthenticationFrame({ algorithm: AuthenticationAlgorithm.codes.SAE, transaction, status, rest });

export const readFrame = (body: Uint8Array): Either<string, SaeFrame> => {
  const read = toMessage(readAuthenticationFrame(body));
  if (isLeft(read)) return read;
  const { algorithm, transaction, status, rest } = read.right;
  if (algorithm !== AuthenticationAlgorithm.codes.SAE) return left(`authentication algorithm ${algorithm}, expected SAE`);
  return transaction === Transaction.COMMIT || transaction === Transaction.CONFIRM
    ? right({ transaction, status, rest })
    : left(`transaction ${transaction}, expected 1 or 2`);
};

/** The status of a commit says how its password element was found. */
export const statusOf = (method: ElementMethod): number =>
  method === 'hashToElement' ? codes.SAE_HASH_TO_ELEMENT : codes.SUCCESS;

/** `undefined` when an identifier or a list does not fit its element. */
export const commitBody = (
  setup: SaeSetup,
  { method, curve, rejected }: Terms,
  { scalar, element }: Commitment,
  token?: Uint8Array,
): Uint8Array | undefined => {
  const status = statusOf(method);
  const { identifier } = setup.credential;
  const hashed = {
    ...(identifier === undefined ? {} : { passwordIdentifier: identifier }),
    ...(rejected.length === 0 ? {} : { rejectedGroups: rejected }),
    ...(token === undefined ? {} : { antiCloggingToken: token }),
    ...(isExtendedKey(setup) ? { akmSelector: setup.akm } : {}),
  };
  const hunted = token === undefined ? {} : { token };
  const extras = method === 'hashToElement' ? hashed : hunted;
  const written = writeSaeCommit({ status, group: curve.group, scalar, element, ...extras });
  if (isLeft(written)) return undefined;
  return authentication(Transaction.COMMIT, status, joined(written.right, setup.elements ?? EMPTY));
};

export const confirmBody = (
  { crypto, elements }: SaeSetup,
  { hash, own, peer }: Pick<Confirmed | Accepted, 'hash' | 'own' | 'peer'>,
  kck: Secret,
  sendConfirm: number,
): Uint8Array => {
  const confirm = confirmOf(crypto, hash, kck, sendConfirm, [own, peer]);
  return authentication(Transaction.CONFIRM, codes.SUCCESS, writeSaeConfirm({ sendConfirm, confirm, rest: elements ?? EMPTY }));
};

/** A status and, where a group is refused, which one. */
export const refusal = (transaction: 1 | 2, status: number, group?: number): Uint8Array =>
  authentication(transaction, status, group === undefined ? EMPTY : Uint8Array.of(group & 0xff, group >>> 8));

export const readGroup = ({ rest }: SaeFrame): number | undefined => {
  const read = readSaeGroup(rest);
  return isLeft(read) ? undefined : read.right;
};

export const readToken = (method: ElementMethod, { rest }: SaeFrame): Either<string, SaeTokenRequest> => {
  const read = toMessage(readSaeTokenRequest(rest, method === 'hashToElement'));
  if (isLeft(read)) return read;
  const { length } = read.right.token;
  return length > 0 && length <= TOKEN_LIMIT ? read : left(`a token of ${length} octets, expected 1 to ${TOKEN_LIMIT}`);
};

export const readConfirm = (hash: DigestName, { rest }: SaeFrame): Either<string, SaeConfirm> =>
  pipe(readSaeConfirm(rest, DIGEST_OCTETS[hash]), toMessage);

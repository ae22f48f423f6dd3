import { isLeft } from 'fp-ts/lib/Either.js';
import type { ElementMethod } from '../../../../../operators/core/rsn/sae/index.js';
import {
  type AuthenticationFrame,
  type Encoded,
  readAuthenticationFrame,
  readSaeCommit,
  type SaeCommit,
  StatusCode,
  writeAuthenticationFrame,
  writeSaeCommit,
  writeSaeTokenRequest,
} from '../../../../../streams/frames/index.js';

const written = (encoded: Encoded): Uint8Array => {
  if (isLeft(encoded)) throw new Error(encoded.left.message);
  return encoded.right;
};

export const authentication = (more: Partial<AuthenticationFrame>): Uint8Array =>
  writeAuthenticationFrame({ algorithm: 3, transaction: 1, status: 0, rest: new Uint8Array(0), ...more });

/** What an access point under load answers a commit with. */
export const tokenRequest = (method: ElementMethod, group: number, token: Uint8Array): Uint8Array =>
  authentication({
    status: StatusCode.codes.ANTI_CLOGGING_TOKEN_REQUIRED,
    rest: written(writeSaeTokenRequest({ group, token }, method === 'hashToElement')),
  });

/** The commit in the body of an Authentication frame. */
export const commitIn = (body: Uint8Array | undefined): SaeCommit => {
  const frame = readAuthenticationFrame(body ?? new Uint8Array(0));
  if (isLeft(frame)) throw new Error(frame.left.message);
  const commit = readSaeCommit(frame.right.rest, frame.right.status);
  if (isLeft(commit)) throw new Error(commit.left.message);
  return commit.right;
};

/** A commit with some of its fields changed. */
export const withCommit = (body: Uint8Array | undefined, more: Partial<SaeCommit>): Uint8Array => {
  const commit = { ...commitIn(body), ...more };
  return authentication({ status: commit.status, rest: written(writeSaeCommit(commit)) });
};

import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../streams/events/index.js';
import { type Attempt, counterOf, hasHeard, isLatest } from './attempt.js';
import { dropped, type Fault } from './fault.js';
import { type KeyFrame, type VerifiedFrame, verifyFrame } from './keyFrame.js';
import type { Writer } from './keyReply.js';
import { type Ptk, zeroisePtk } from './keys/ptk.js';
import { type Association, deriveKeys } from './rootKey.js';

/** A message 3 that the access point sent, and the keys it proves. */
export interface Proven {
  readonly frame: VerifiedFrame;
  readonly ptk: Ptk;
}

const drop = (code: 'MIC' | 'ANONCE' | 'REPLAYED', detail: string): Either<Fault, never> =>
  left(dropped(code, 'message 3', detail));

export const replayFault = (
  stage: 'message 1' | 'message 3' | 'group message 1',
  counter: bigint,
  seen: bigint | undefined,
): Fault | undefined =>
  seen === undefined || counter > seen
    ? undefined
    : dropped('REPLAYED', stage, `its replay counter ${counter} is not above ${seen}`);

/** The keys of a nonce that is not the latest: derived for this one look. */
const underOtherNonce = (
  { crypto }: Writer,
  association: Association,
  attempt: Attempt,
  frame: KeyFrame,
): Either<Fault, Proven> => {
  const nonces = { authenticator: frame.key.nonce, supplicant: attempt.snonce.reveal() };
  const ptk = deriveKeys(crypto, association, nonces);
  const verified = verifyFrame(crypto, association.root.parameters, ptk, frame);
  if (verified !== undefined) {
    zeroisePtk(attempt.ptk);
    return right({ frame: verified, ptk });
  }
  zeroisePtk(ptk);
  return drop('MIC', 'its MIC is not made with the keys of its nonce');
};

/**
 * Which of the answered messages 1 this message 3 goes on from: its MIC decides (IEEE 802.11-2020 12.7.6.4). So a forged
 * message 1 cannot take the place of the genuine one, before it or after.
 */
export const proveMessage3 = (
  writer: Writer,
  association: Association,
  attempt: Attempt,
  frame: KeyFrame,
): Either<Fault, Proven> => {
  const replay = replayFault('message 3', frame.key.replayCounter, counterOf(attempt, frame.key.nonce));
  if (replay !== undefined) return left(replay);
  const verify = (): VerifiedFrame | undefined => verifyFrame(writer.crypto, association.root.parameters, attempt.ptk, frame);
  if (isLatest(attempt, frame.key.nonce)) {
    const verified = verify();
    return verified === undefined ? drop('MIC', 'its MIC is not ours') : right({ frame: verified, ptk: attempt.ptk });
  }
  if (attempt.isOverrun || hasHeard(attempt, frame.key.nonce)) return underOtherNonce(writer, association, attempt, frame);
  return verify() === undefined
    ? drop('MIC', 'neither its nonce nor its MIC is of an answered message 1')
    : drop('ANONCE', 'its nonce is not that of message 1');
};

/** Message 3 again, of the handshake that is over. */
export const isRepetition = (frame: KeyFrame, anonce: Uint8Array): boolean => equalBytes(frame.key.nonce, anonce);

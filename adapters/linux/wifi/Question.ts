import { keyFieldsOf } from './keyFields.js';

/** An EAPOL-Key packet of the access point's, as far as its answer has to know it. */
export interface Question {
  readonly replayCounter: bigint;
  readonly isProtected: boolean;
}

export const questionIn = (packet: Uint8Array, isProtected: boolean): Question | undefined => {
  const fields = keyFieldsOf(packet);
  return fields?.information.ack === true ? { replayCounter: fields.replayCounter, isProtected } : undefined;
};

/**
 * Whether a packet answers a question that came in the clear, by the counter it repeats. An access point that did not hear our message 4
 * has no key yet: it repeats its message 3 in the clear, and cannot read an answer that is encrypted.
 */
export const answersInTheClear = (question: Question | undefined, answer: Uint8Array): boolean => {
  const fields = keyFieldsOf(answer);
  if (question === undefined || fields === undefined || fields.information.request || fields.information.ack) return false;
  return !question.isProtected && question.replayCounter === fields.replayCounter;
};

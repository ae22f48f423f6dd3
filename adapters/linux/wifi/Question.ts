import { EapolType, readKeyInformation } from '../../../streams/frames/index.js';

/** An EAPOL-Key packet of the access point's, as far as its answer has to know it. */
export interface Question {
  readonly replayCounter: bigint;
  readonly isProtected: boolean;
}

/** Behind the header of EAPOL (IEEE 802.11-2020 Figure 12-32). */
const TYPE_AT = 1;
const KEY_INFORMATION_AT = 5;
const REPLAY_COUNTER_AT = 9;
const LENGTH = 17;

interface Fields {
  readonly information: ReturnType<typeof readKeyInformation>;
  readonly replayCounter: bigint;
}

const fieldsOf = (packet: Uint8Array): Fields | undefined => {
  if (packet.length < LENGTH || packet[TYPE_AT] !== EapolType.codes.KEY) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  return {
    information: readKeyInformation(view.getUint16(KEY_INFORMATION_AT)),
    replayCounter: view.getBigUint64(REPLAY_COUNTER_AT),
  };
};

export const questionIn = (packet: Uint8Array, isProtected: boolean): Question | undefined => {
  const fields = fieldsOf(packet);
  return fields?.information.ack === true ? { replayCounter: fields.replayCounter, isProtected } : undefined;
};

/**
 * Whether a packet answers a question that came in the clear, by the counter it repeats. An access point that did not hear our message 4
 * has no key yet: it repeats its message 3 in the clear, and cannot read an answer that is encrypted.
 */
export const answersInTheClear = (question: Question | undefined, answer: Uint8Array): boolean => {
  const fields = fieldsOf(answer);
  if (question === undefined || fields === undefined || fields.information.request || fields.information.ack) return false;
  return !question.isProtected && question.replayCounter === fields.replayCounter;
};

import { keyFieldsOf } from './keyFields.js';

/** What the air showed of a handshake: bad air has to be told from a passphrase that is wrong. */
export interface HandshakeSigns {
  /** How often the access point has sent a message 1. */
  readonly messages1: number;
  /** Of the last of them. */
  readonly replayCounter?: bigint;
  /** Whether any packet of ours was acknowledged, once the driver has told. */
  readonly isHeard?: boolean;
}

export const noSigns: HandshakeSigns = { messages1: 0 };

/** The same packet, come twice, is no second question: an access point that asks again counts on. */
export const packetHeard = (signs: HandshakeSigns, packet: Uint8Array): HandshakeSigns => {
  const fields = keyFieldsOf(packet);
  if (fields === undefined) return signs;
  const { information, replayCounter } = fields;
  if (!information.pairwise || !information.ack || information.mic) return signs;
  if (signs.replayCounter !== undefined && replayCounter <= signs.replayCounter) return signs;
  return { ...signs, messages1: signs.messages1 + 1, replayCounter };
};

export const packetSent = (signs: HandshakeSigns, isAcknowledged: boolean): HandshakeSigns => ({
  ...signs,
  isHeard: signs.isHeard === true || isAcknowledged,
});

/** An access point that heard our message 2, did not take it and asked again holds another key. */
export const isRefused = ({ messages1, isHeard }: HandshakeSigns): boolean => messages1 > 1 && isHeard !== false;

/** What a handshake that came to nothing lacked. */
export const missingWords = ({ messages1, isHeard }: HandshakeSigns): string => {
  if (messages1 === 0) return 'its message 1 never came';
  if (isHeard === false) return 'it heard nothing of us, for it acknowledged nothing';
  return messages1 === 1 ? 'its message 3 never came' : 'it asked again instead of taking our message 2';
};

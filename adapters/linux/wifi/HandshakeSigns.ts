import { EapolType, readKeyInformation } from '../../../streams/frames/index.js';

/** What the air showed of a handshake: bad air has to be told from a passphrase that is wrong. */
export interface HandshakeSigns {
  /** How often message 1 was heard. */
  readonly messages1: number;
  /** Whether any packet of ours was acknowledged, once the driver has told. */
  readonly isHeard?: boolean;
}

export const noSigns: HandshakeSigns = { messages1: 0 };

const KEY_INFORMATION_AT = 5;

const isMessage1 = (packet: Uint8Array): boolean => {
  if (packet[1] !== EapolType.codes.KEY) return false;
  const { pairwise, ack, mic } = readKeyInformation(
    ((packet[KEY_INFORMATION_AT] ?? 0) << 8) | (packet[KEY_INFORMATION_AT + 1] ?? 0),
  );
  return pairwise && ack && !mic;
};

export const packetHeard = (signs: HandshakeSigns, packet: Uint8Array): HandshakeSigns =>
  isMessage1(packet) ? { ...signs, messages1: signs.messages1 + 1 } : signs;

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

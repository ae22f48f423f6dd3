import { isLeft } from 'fp-ts/lib/Either.js';
import { isZero } from '../../../../streams/events/index.js';
import { type EapolKey, MIC_AT, type MicLength, readEapolKey } from '../../../../streams/frames/index.js';
import type { KeyFrame } from '../../rsn/keyFrame.js';

const HEADER = 4;
const KEY_DATA_LENGTH = 2;

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The likeliest first; a frame of a suite without a MIC is the shortest. */
const MIC_LENGTHS: ReadonlyArray<MicLength> = [16, 24, 32, 0];

/**
 * How long the MIC of a packet is: the AKM decides, but is not known when a capture begins late. Only with the right length the
 * key data ends where the packet does.
 */
export const micLengthIn = (packet: Uint8Array): MicLength => {
  const end = HEADER + u16(packet, 2);
  for (const length of MIC_LENGTHS) {
    const keyDataAt = MIC_AT + length + KEY_DATA_LENGTH;
    if (keyDataAt + u16(packet, keyDataAt - KEY_DATA_LENGTH) === end) return length;
  }
  return 16;
};

/** A key packet without what the link padded it with; or what is wrong with it. */
export const readKeyPacket = (packet: Uint8Array, mic: MicLength): KeyFrame | string => {
  const read = readEapolKey(packet, mic);
  if (isLeft(read)) return read.left.message;
  const end = HEADER + u16(packet, 2);
  return { packet: end === packet.length ? packet : packet.subarray(0, end), key: read.right };
};

/** AES-SIV's tag is all the key data of a message that has none. */
const SIV_TAG = 16;

const isWithoutKeyData = ({ mic, keyData }: EapolKey): boolean =>
  keyData.length === 0 || (mic.length === 0 && keyData.length === SIV_TAG);

/** The message 4 of some WPA1 stations has a nonce, and that of a multi-link device has key data. */
export const isMessage4 = (key: EapolKey): boolean => isWithoutKeyData(key) || isZero(key.nonce);

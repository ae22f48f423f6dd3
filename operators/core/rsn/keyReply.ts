import { type EapolKey, KeyDescriptor, type KeyInformation, MIC_AT, writeEapolKey } from '../../../streams/frames/index.js';
import type { Crypto } from '../crypto/index.js';
import type { AkmParameters } from './akm.js';
import { wrapKeyData } from './keys/keyWrap.js';
import { keyCode, putMic } from './keys/mic.js';
import type { Ptk } from './keys/ptk.js';
import type { Network } from './network.js';
import type { RsnPolicy } from './policy.js';

/** What every message of ours is made with. */
export interface Writer {
  readonly crypto: Crypto;
  readonly policy: RsnPolicy;
  /** Where packets are only looked at, room for the one at hand: V8 takes its time over every buffer of more than 64 octets. */
  readonly room?: Uint8Array;
}

/** What differs between the messages a station sends. */
export interface KeyReply {
  readonly information: Pick<KeyInformation, 'descriptorVersion'> &
    Partial<Pick<KeyInformation, 'pairwise' | 'index' | 'secure' | 'error' | 'request'>>;
  readonly replayCounter: bigint;
  readonly keyLength?: number;
  readonly nonce?: Uint8Array;
  readonly keyData?: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** What stands for a MIC before it is made, of each length. */
const UNMADE_MICS = { 0: NOTHING, 16: new Uint8Array(16), 24: new Uint8Array(24), 32: new Uint8Array(32) } as const;

/** A station never sets Install, Ack or SMK. Written out, because every message passes here. */
const informationOf = (given: KeyReply['information'], mic: boolean): KeyInformation => ({
  descriptorVersion: given.descriptorVersion,
  pairwise: given.pairwise ?? false,
  index: given.index ?? 0,
  install: false,
  ack: false,
  mic,
  secure: given.secure ?? false,
  error: given.error ?? false,
  request: given.request ?? false,
  encrypted: false,
  smk: false,
});

/** The length of an AES-SIV tag, which is in front of what it seals. */
const TAG = 16;

/** A suite without a MIC seals the key data instead, together with the frame before it (IEEE 802.11-2020 12.7.2). */
const sealed = ({ crypto }: Writer, parameters: AkmParameters, { kek }: Ptk, key: EapolKey): Uint8Array => {
  const room = new Uint8Array(TAG + key.keyData.length);
  const packet = writeEapolKey({ ...key, information: { ...key.information, encrypted: true }, keyData: room });
  const associated = packet.subarray(0, MIC_AT + 2);
  const wrapped = wrapKeyData(crypto, parameters, key.information.descriptorVersion, kek.reveal(), { ...key, associated });
  packet.set(wrapped ?? room, associated.length);
  return packet;
};

/** The bytes of a message of ours, protected by the pairwise key. */
export const writeKeyReply = (
  writer: Writer,
  network: Network,
  parameters: AkmParameters,
  ptk: Ptk,
  { information, replayCounter, keyLength = 0, nonce = NOTHING, keyData = NOTHING }: KeyReply,
): Uint8Array => {
  const hasMic = parameters.mic > 0;
  const key: EapolKey = {
    version: writer.policy.eapolVersion,
    descriptor: network.akm.protocol === 'wpa' ? KeyDescriptor.codes.WPA : KeyDescriptor.codes.RSN,
    information: informationOf(information, hasMic),
    keyLength,
    replayCounter,
    nonce,
    iv: NOTHING,
    receiveCounter: NOTHING,
    reserved: NOTHING,
    mic: UNMADE_MICS[parameters.mic],
    keyData,
  };
  if (!hasMic) return sealed(writer, parameters, ptk, key);
  const packet = writeEapolKey(key, writer.room);
  const code = keyCode(writer.crypto, parameters, key.information.descriptorVersion, ptk.kck.reveal(), packet);
  if (code !== undefined) putMic(code, packet, MIC_AT, parameters.mic);
  return packet;
};

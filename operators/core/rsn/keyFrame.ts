import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { L2Reason } from '../../../streams/events/index.js';
import {
  type EapolKey,
  type KeyDataItem,
  KeyDescriptor,
  MIC_AT,
  readEapolKey,
  readKeyData,
  withZeroedMic,
} from '../../../streams/frames/index.js';
import type { Crypto } from '../crypto/index.js';
import type { AkmParameters } from './akm.js';
import { dropped, type Fault, fatal, missing, type Stage } from './fault.js';
import { unwrapKeyData } from './keys/keyWrap.js';
import { keyCode, putMic } from './keys/mic.js';
import type { Ptk } from './keys/ptk.js';
import type { Network } from './network.js';

/** An EAPOL-Key frame as it came: nothing in it is proven. */
export interface KeyFrame {
  readonly packet: Uint8Array;
  /** Its fields are copies, so a state may keep them. */
  readonly key: EapolKey;
}

declare const isVerified: unique symbol;

/** A frame whose MIC was made with our KCK: the access point sent it. Only `verifyFrame` makes one. */
export type VerifiedFrame = KeyFrame & { readonly [isVerified]: true };

const { MSMSEC_KEY_FORMAT } = L2Reason.codes;

/**
 * Which version a frame of this network may be: a frame does not choose how it is protected. Some access points send 3, whose
 * AES-CMAC is no weaker, where 2 is due.
 */
const versionsOf = ({ pairwise, akm }: Network, { descriptorVersion }: AkmParameters): ReadonlyArray<number> => {
  if (descriptorVersion !== 'byCipher') return [descriptorVersion];
  if (pairwise.form === 'tkip') return [1];
  return akm.protocol === 'wpa' ? [2] : [2, 3];
};

/** What of a frame cannot be of this network, if anything. */
export const descriptorFault = (network: Network, parameters: AkmParameters, key: EapolKey, stage: Stage): Fault | undefined => {
  const descriptor = network.akm.protocol === 'wpa' ? KeyDescriptor.codes.WPA : KeyDescriptor.codes.RSN;
  if (key.descriptor !== descriptor) {
    const detail = `expected the ${KeyDescriptor.show(descriptor)} descriptor, found ${KeyDescriptor.show(key.descriptor)}`;
    return dropped('DESCRIPTOR', stage, detail);
  }
  const versions = versionsOf(network, parameters);
  if (versions.includes(key.information.descriptorVersion)) return undefined;
  const detail = `expected descriptor version ${versions.join(' or ')}, found ${key.information.descriptorVersion}`;
  return dropped('DESCRIPTOR', stage, detail);
};

/** Parses a packet, and refuses what cannot be of this network. */
export const readKeyFrame = (
  network: Network,
  parameters: AkmParameters,
  packet: Uint8Array,
  stage: Stage,
): Either<Fault, KeyFrame> => {
  const read = readEapolKey(packet, parameters.mic);
  if (isLeft(read)) return left(dropped('MALFORMED', stage, read.left.message));
  const fault = descriptorFault(network, parameters, read.right, stage);
  return fault === undefined ? right({ packet, key: read.right }) : left(fault);
};

const unwrapped = (
  crypto: Crypto,
  parameters: AkmParameters,
  { kek }: Ptk,
  { key, packet }: KeyFrame,
): Uint8Array | undefined => {
  const { keyData, iv, information } = key;
  const wrapped = parameters.mic > 0 ? { iv, keyData } : { iv, keyData, associated: packet.subarray(0, MIC_AT + 2) };
  return unwrapKeyData(crypto, parameters, information.descriptorVersion, kek.reveal(), wrapped);
};

/** A suite without a MIC seals the key data together with the frame before it, so whatever opens is proven. */
const isSealed = (crypto: Crypto, parameters: AkmParameters, ptk: Ptk, frame: KeyFrame): boolean => {
  if (!frame.key.information.encrypted) return false;
  const plain = unwrapped(crypto, parameters, ptk, frame);
  plain?.fill(0);
  return plain !== undefined;
};

/** Room for the one frame that is being verified: V8 takes its time over every buffer of more than 64 octets. */
const room = new Uint8Array(1024);

/** Room for its MIC, of each length. */
const EXPECTED = { 0: new Uint8Array(0), 16: new Uint8Array(16), 24: new Uint8Array(24), 32: new Uint8Array(32) } as const;

/** Compares the MIC in constant time. A suite without a MIC proves a frame by opening its key data instead. */
export const verifyFrame = (crypto: Crypto, parameters: AkmParameters, ptk: Ptk, frame: KeyFrame): VerifiedFrame | undefined => {
  if (parameters.micAlgorithm === 'none') return isSealed(crypto, parameters, ptk, frame) ? (frame as VerifiedFrame) : undefined;
  if (!frame.key.information.mic) return undefined;
  const version = frame.key.information.descriptorVersion;
  const code = keyCode(crypto, parameters, version, ptk.kck.reveal(), withZeroedMic(frame.packet, parameters.mic, room));
  if (code === undefined) return undefined;
  const expected = EXPECTED[parameters.mic];
  putMic(code, expected, 0, parameters.mic);
  return crypto.equal(expected, frame.key.mic) ? (frame as VerifiedFrame) : undefined;
};

/** The bytes of a verified frame's key data in the clear. They belong to the caller, who wipes them. */
export const openKeyData = (
  crypto: Crypto,
  parameters: AkmParameters,
  ptk: Ptk,
  frame: VerifiedFrame,
  stage: Stage,
): Either<Fault, Uint8Array> => {
  const { keyData } = frame.key;
  if (keyData.length === 0) return left(fatal('KEY_DATA', stage, missing(stage).keyData, 'it carries no key data'));
  const plain = unwrapped(crypto, parameters, ptk, frame);
  const detail = `its ${keyData.length} octets of key data do not unwrap with the key encryption key`;
  return plain === undefined ? left(fatal('KEY_DATA', stage, MSMSEC_KEY_FORMAT, detail)) : right(plain);
};

/** The items of key data in the clear. */
export const readItems = (plain: Uint8Array, stage: Stage): Either<Fault, ReadonlyArray<KeyDataItem>> => {
  const items = readKeyData(plain);
  return isLeft(items) ? left(fatal('KEY_DATA', stage, MSMSEC_KEY_FORMAT, items.left.message)) : items;
};

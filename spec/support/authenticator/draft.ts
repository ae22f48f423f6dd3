import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import type { AkmParameters } from '../../../operators/core/rsn/akm.js';
import { wrapKeyData } from '../../../operators/core/rsn/keys/keyWrap.js';
import { keyMic } from '../../../operators/core/rsn/keys/mic.js';
import {
  type EapolKey,
  type KeyDataItem,
  MIC_AT,
  padKeyData,
  withMic,
  writeEapolKey,
  writeKeyData,
} from '../../../streams/frames/index.js';

/** The frames an authenticator makes. */
export type MessageName = 'message1' | 'message3' | 'group1';

/** A message before it is protected. Whatever is changed in it, its protection is made for what it has become. */
export interface Draft extends Omit<EapolKey, 'mic' | 'keyData'> {
  readonly name: MessageName;
  /** The key data in the clear. */
  readonly items: ReadonlyArray<KeyDataItem>;
  /** Octets that stand in the place of the items: WPA1's bare group key, or what no item can say. */
  readonly plain?: Uint8Array;
  /** Whether the key data is encrypted, whatever the key information says. */
  readonly isWrapped: boolean;
  /** The key data as it goes on the air. */
  readonly wrapped?: Uint8Array;
  /** Other keys than those agreed on. */
  readonly kck?: Uint8Array;
  readonly kek?: Uint8Array;
  /** Another MIC than the right one. */
  readonly mic?: Uint8Array;
  /** The last touch, behind the MIC. */
  readonly touch?: (packet: Uint8Array) => Uint8Array;
}

export type Modifier = (draft: Draft) => Draft;

/** What a draft is protected with. */
export interface Protection {
  readonly parameters: AkmParameters;
  /** The version both sides agreed on: a draft that claims another is still made with this one. */
  readonly descriptorVersion: number;
  readonly kck: Uint8Array;
  readonly kek: Uint8Array;
}

const plainOf = ({ plain, items }: Draft): Uint8Array => {
  if (plain !== undefined) return plain;
  const written = writeKeyData(items);
  if (isLeft(written)) throw new Error(written.left.message);
  return written.right;
};

/** RC4 needs no padding, and WPA1's bare key would not survive any. */
const isPadded = (draft: Draft, { descriptorVersion }: Protection): boolean =>
  descriptorVersion !== 1 && !(draft.plain !== undefined && draft.plain.length >= 16 && draft.plain.length % 8 === 0);

const TAG = 16;

/** Without a MIC the key data is sealed, together with the frame in front of it, and needs no padding. */
const sealedWith = (draft: Draft, { parameters, descriptorVersion, kek }: Protection, keyData: Uint8Array): Uint8Array => {
  const room = new Uint8Array(TAG + keyData.length);
  const packet = writeEapolKey({ ...draft, mic: new Uint8Array(0), keyData: room });
  const associated = packet.subarray(0, MIC_AT + 2);
  const key = { iv: draft.iv, keyData, associated };
  const wrapped = wrapKeyData(nodeCrypto, parameters, descriptorVersion, draft.kek ?? kek, key);
  if (wrapped === undefined) throw new Error(`the key data of ${draft.name} cannot be sealed`);
  return wrapped;
};

const keyDataOf = (draft: Draft, protection: Protection): Uint8Array => {
  if (draft.wrapped !== undefined) return draft.wrapped;
  const plain = plainOf(draft);
  if (!draft.isWrapped || plain.length === 0) return plain;
  const { parameters, descriptorVersion, kek } = protection;
  const keyData = isPadded(draft, protection) ? padKeyData(plain) : plain;
  if (parameters.mic === 0) return sealedWith(draft, protection, plain);
  const wrapped = wrapKeyData(nodeCrypto, parameters, descriptorVersion, draft.kek ?? kek, { iv: draft.iv, keyData });
  if (wrapped === undefined) throw new Error(`the key data of ${draft.name} cannot be wrapped`);
  return wrapped;
};

/** The packet a draft becomes. */
export const protect = (draft: Draft, protection: Protection): Uint8Array => {
  const { parameters, descriptorVersion, kck } = protection;
  const key: EapolKey = { ...draft, mic: new Uint8Array(parameters.mic), keyData: keyDataOf(draft, protection) };
  const packet = writeEapolKey(key);
  const mic = draft.information.mic
    ? keyMic(nodeCrypto, parameters, descriptorVersion, draft.kck ?? kck, packet)
    : new Uint8Array(0);
  if (mic === undefined) throw new Error(`${draft.name} has no MIC at ${MIC_AT}`);
  const signed = withMic(packet, draft.mic ?? mic);
  return draft.touch === undefined ? signed : draft.touch(signed);
};

import { type Either, isLeft, left } from 'fp-ts/lib/Either.js';
import { L2Reason } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import type { KeyDownload } from '../../method/commands.js';
import type { AkmParameters } from '../akm.js';
import { checkChannel } from '../channel.js';
import { type Fault, fatal } from '../fault.js';
import { bareGroupKey, groupKeysOf } from '../groupKeys.js';
import { openKeyData, readItems, type VerifiedFrame } from '../keyFrame.js';
import type { Ptk } from '../keys/ptk.js';
import type { Network } from '../network.js';
import { wipeItems } from '../wipe.js';

const STAGE = 'group message 1';
const { MSMSEC_KEY_FORMAT, MSMSEC_PEER_INDICATED_INSECURE } = L2Reason.codes;

const checkHeader = ({ akm }: Network, { key }: VerifiedFrame): Fault | undefined => {
  const { secure, encrypted } = key.information;
  if (!secure) return fatal('NOT_SECURE', STAGE, MSMSEC_PEER_INDICATED_INSECURE, 'its Secure bit is clear');
  if (akm.protocol === 'wpa' || encrypted) return undefined;
  return fatal('NOT_ENCRYPTED', STAGE, MSMSEC_KEY_FORMAT, 'its key data is not encrypted');
};

const keysIn = (network: Network, { key }: VerifiedFrame, plain: Uint8Array): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const rsc = key.receiveCounter;
  if (network.akm.protocol === 'wpa')
    return bareGroupKey(network, plain, { keyId: key.information.index, keyLength: key.keyLength, rsc });
  const items = readItems(plain, STAGE);
  if (isLeft(items)) return items;
  const fault = checkChannel(network, items.right, STAGE);
  const keys = fault === undefined ? groupKeysOf(network, items.right, rsc, STAGE) : left(fault);
  wipeItems(items.right);
  return keys;
};

/** Group message 1 (IEEE 802.11-2020 12.7.7.2): the keys it delivers, or the fault in it. */
export const readGroupMessage1 = (
  crypto: Crypto,
  network: Network,
  parameters: AkmParameters,
  ptk: Ptk,
  frame: VerifiedFrame,
): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const fault = checkHeader(network, frame);
  if (fault !== undefined) return left(fault);
  const plain = openKeyData(crypto, parameters, ptk, frame, STAGE);
  if (isLeft(plain)) return plain;
  const keys = keysIn(network, frame, plain.right);
  plain.right.fill(0);
  return keys;
};

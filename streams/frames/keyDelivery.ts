import { isLeft, left, right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementExtension } from './element.js';
import { readKeyData, writeKeyData } from './keyData.js';
import type { KeyDataItem } from './keyDataItem.js';
import { writeLongExtension } from './longExtension.js';
import { decode } from './Reader.js';

/**
 * The Key Delivery element of a FILS association response (IEEE 802.11-2020 12.11.2.6.3): what message 3 of a handshake would
 * have brought. Keys in it are the caller's to zeroise.
 *
 * @since 0.2.0
 */
export interface KeyDelivery {
  /** Key RSC, of the group key: eight octets. */
  readonly receiveCounter: Uint8Array;
  readonly items: ReadonlyArray<KeyDataItem>;
}

const STRUCTURE = 'Key Delivery element';
const COUNTER_SIZE = 8;

/**
 * Reads what follows the element ID extension, its fragments joined.
 *
 * @example
 * const deliveryIn = (plain: Uint8Array) => {
 *   const body = copyExtensionBody({ frame: plain, from: 0 }, ElementExtension.codes.KEY_DELIVERY);
 *   return body && readKeyDelivery(body);
 * };
 *
 * @since 0.2.0
 */
export const readKeyDelivery = (body: Uint8Array): Decoded<KeyDelivery> => {
  const counter = decode(STRUCTURE, body, (reader) => reader.bytes('Key RSC', COUNTER_SIZE));
  if (isLeft(counter)) return counter;
  const items = readKeyData(body.subarray(COUNTER_SIZE));
  return isLeft(items)
    ? left({ ...items.left, offset: items.left.offset + COUNTER_SIZE })
    : right({ receiveCounter: counter.right, items: items.right });
};

/**
 * The whole element, in fragments when it is longer than one holds.
 *
 * @since 0.2.0
 */
export const writeKeyDelivery = ({ receiveCounter, items }: KeyDelivery): Encoded => {
  if (receiveCounter.length !== COUNTER_SIZE)
    return unwritable(STRUCTURE, 'Key RSC', `${COUNTER_SIZE} octets`, String(receiveCounter.length));
  const written = writeKeyData(items);
  return isLeft(written)
    ? written
    : right(writeLongExtension(ElementExtension.codes.KEY_DELIVERY, receiveCounter, written.right));
};

import { type Either, isLeft, right } from 'fp-ts/lib/Either.js';
import type { FastTransition, FtGroupKey, FtIntegrityKey, KeyDataItem } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { type FtError, wrong } from './FtError.js';

type Unwrapped = KeyDataItem & { readonly key: Uint8Array };
type Unwrap = (name: string, key: Pick<FtGroupKey, 'keyLength' | 'wrapped'>) => Either<FtError, Uint8Array>;
type Wrapped = (unwrap: Unwrap) => Either<FtError, Unwrapped>;

/** Key RSC has eight octets; a packet number is its first six. */
const PACKET_NUMBER_SIZE = 6;

/** A key that is no multiple of eight octets long, or too short, was padded before it was wrapped (13.8.5). */
const unwrapWith =
  (crypto: Crypto, kek: Uint8Array): Unwrap =>
  (name, { keyLength, wrapped }) => {
    const plain = crypto.aesUnwrap(kek, wrapped);
    if (plain === undefined) return wrong('KEY', `the ${name} is not wrapped with the KEK of this transition`);
    if (plain.length < keyLength) return wrong('KEY', `the ${name} announces ${keyLength} octets and has ${plain.length}`);
    return right(plain.fill(0, keyLength).subarray(0, keyLength));
  };

const groupKey =
  ({ keyId, keyLength, wrapped }: FtGroupKey): Wrapped =>
  (unwrap) => {
    const key = unwrap('group key', { keyLength, wrapped });
    return isLeft(key) ? key : right({ kind: 'gtk', keyId, transmit: false, key: key.right });
  };

const integrityKey =
  (kind: 'igtk' | 'bigtk', { keyId, packetNumber, ...rest }: FtIntegrityKey): Wrapped =>
  (unwrap) => {
    const key = unwrap(kind.toUpperCase(), rest);
    return isLeft(key) ? key : right({ kind, keyId, packetNumber, key: key.right });
  };

const groupKeyOfLink =
  ({ linkId, keyId, receiveCounter, ...rest }: FtGroupKey & { readonly linkId: number }): Wrapped =>
  (unwrap) => {
    const key = unwrap(`group key of link ${linkId}`, rest);
    const packetNumber = receiveCounter.subarray(0, PACKET_NUMBER_SIZE);
    return isLeft(key) ? key : right({ kind: 'mloGtk', linkId, keyId, transmit: false, packetNumber, key: key.right });
  };

const integrityKeyOfLink =
  (
    kind: 'mloIgtk' | 'mloBigtk',
    { linkId, keyId, packetNumber, ...rest }: FtIntegrityKey & { readonly linkId: number },
  ): Wrapped =>
  (unwrap) => {
    const key = unwrap(`integrity key of link ${linkId}`, rest);
    return isLeft(key) ? key : right({ kind, linkId, keyId, packetNumber, key: key.right });
  };

const wrappedIn = (transition: FastTransition): ReadonlyArray<Wrapped> => [
  ...(transition.gtk === undefined ? [] : [groupKey(transition.gtk)]),
  ...(transition.igtk === undefined ? [] : [integrityKey('igtk', transition.igtk)]),
  ...(transition.bigtk === undefined ? [] : [integrityKey('bigtk', transition.bigtk)]),
  ...(transition.mloGtks ?? []).map(groupKeyOfLink),
  ...(transition.mloIgtks ?? []).map((key) => integrityKeyOfLink('mloIgtk', key)),
  ...(transition.mloBigtks ?? []).map((key) => integrityKeyOfLink('mloBigtk', key)),
];

/**
 * The group keys of a Fast BSS Transition element, as message 3 of a handshake would have brought them. They are the caller's
 * to destroy; if one cannot be unwrapped, none is left.
 */
export const unwrapKeys = (
  crypto: Crypto,
  kek: Uint8Array,
  transition: FastTransition,
): Either<FtError, ReadonlyArray<KeyDataItem>> => {
  const unwrap = unwrapWith(crypto, kek);
  const items: Unwrapped[] = [];
  for (const wrapped of wrappedIn(transition)) {
    const item = wrapped(unwrap);
    if (isLeft(item)) {
      for (const { key } of items) key.fill(0);
      return item;
    }
    items.push(item.right);
  }
  return right(items);
};

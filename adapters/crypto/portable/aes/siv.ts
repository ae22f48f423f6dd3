// AES-SIV: RFC 5297, over anybody's CMAC and counter mode.

import type { Crypto } from '../../../../operators/core/crypto/index.js';
import { equal } from '../equal.js';
import { double } from './double.js';

/** Both take a key of 16, 24 or 32 octets and return new bytes. */
export interface SivParts {
  readonly cmac: (key: Uint8Array, message: Uint8Array) => Uint8Array;
  readonly counterMode: (key: Uint8Array, first: Uint8Array, data: Uint8Array) => Uint8Array;
}

const BLOCK = 16;
/** RFC 5297 7: 127 components at most, and the plain text is one of them. */
const MOST_ASSOCIATED = 126;

const isPossible = ({ length }: Uint8Array, associated: ReadonlyArray<Uint8Array>): boolean =>
  (length === 32 || length === 48 || length === 64) && associated.length <= MOST_ASSOCIATED;

const mix = (into: Uint8Array, at: number, block: Uint8Array): void => {
  for (let i = 0; i < block.length; i++) into[at + i] = (into[at + i] as number) ^ (block[i] as number);
};

/** RFC 5297 2.4; the plain text is always a component, so the case without any does not arise. */
const s2v = ({ cmac }: SivParts, key: Uint8Array, associated: ReadonlyArray<Uint8Array>, plain: Uint8Array): Uint8Array => {
  const sum = cmac(key, new Uint8Array(BLOCK));
  for (const component of associated) {
    double(sum);
    mix(sum, 0, cmac(key, component));
  }
  const last = new Uint8Array(Math.max(plain.length, BLOCK));
  last.set(plain);
  if (plain.length < BLOCK) {
    last[plain.length] = 0x80;
    double(sum);
  }
  mix(last, last.length - BLOCK, sum);
  const tag = cmac(key, last);
  last.fill(0);
  return tag;
};

/** RFC 5297 2.5: the tag is the counter, with two bits cleared so that implementations may count in words. */
const firstCounter = (tag: Uint8Array): Uint8Array => {
  const counter = tag.slice();
  counter[8] = (counter[8] as number) & 0x7f;
  counter[12] = (counter[12] as number) & 0x7f;
  return counter;
};

export const sivOver = (parts: SivParts): Pick<Crypto, 'aesSivSeal' | 'aesSivOpen'> => ({
  aesSivSeal: (key, plain, associated) => {
    if (!isPossible(key, associated)) return;
    const half = key.length / 2;
    const tag = s2v(parts, key.subarray(0, half), associated, plain);
    const sealed = new Uint8Array(BLOCK + plain.length);
    sealed.set(tag);
    sealed.set(parts.counterMode(key.subarray(half), firstCounter(tag), plain), BLOCK);
    return sealed;
  },
  aesSivOpen: (key, sealed, associated) => {
    if (!isPossible(key, associated) || sealed.length < BLOCK) return;
    const half = key.length / 2;
    const tag = new Uint8Array(sealed.subarray(0, BLOCK));
    const plain = parts.counterMode(key.subarray(half), firstCounter(tag), sealed.subarray(BLOCK));
    if (equal(tag, s2v(parts, key.subarray(0, half), associated, plain))) return plain;
    plain.fill(0);
    return;
  },
});

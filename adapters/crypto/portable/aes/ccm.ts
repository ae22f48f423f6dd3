// AES-CCM: NIST SP 800-38C (RFC 3610), for the nonce of 13 octets that CCMP has, which leaves two for the length.
//
// Counter and chain advance side by side, under one key schedule.

import { encryptBlock, newState, type State } from './block.js';
import { isDataKey } from './dataKey.js';
import { expandKey, newSchedule } from './keySchedule.js';

const BLOCK = 16;
const NONCE = 13;
/** What two octets of length can say. */
const LONGEST = 0xffff;
/** A longer one is announced in another way (A.2.2), which no frame needs. */
const LONGEST_ASSOCIATED = 0xfeff;

const chain = newState();
const stream = newState();
const counter = newState();
const schedule = newSchedule();

/** A loop, because the method of typed arrays leaves the compiled code. */
const clear = (numbers: Int32Array): void => {
  for (let i = 0; i < numbers.length; i++) numbers[i] = 0;
};

const wipe = (): void => {
  clear(chain);
  clear(stream);
  clear(counter);
  clear(schedule);
};

const mix = (state: State, octet: number, place: number): void => {
  const word = place >>> 2;
  state[word] = (state[word] as number) ^ (octet << (24 - 8 * (place & 3)));
};

const octetOf = (state: State, place: number): number => ((state[place >>> 2] as number) >>> (24 - 8 * (place & 3))) & 0xff;

/** A.2.1 and A.3: what counter blocks and the first block of the chain begin with. */
const begin = (state: State, flags: number, nonce: Uint8Array, last: number): void => {
  clear(state);
  mix(state, flags, 0);
  for (let i = 0; i < NONCE; i++) mix(state, nonce[i] as number, 1 + i);
  state[3] ^= last;
};

/** A.2.2: the length of the associated data in two octets, and the data, filled up to whole blocks. */
const absorbAssociated = (associated: Uint8Array, words: number): void => {
  if (associated.length === 0) return;
  mix(chain, associated.length >>> 8, 0);
  mix(chain, associated.length & 0xff, 1);
  let place = 2;
  for (const octet of associated) {
    mix(chain, octet, place);
    place = (place + 1) & 15;
    if (place === 0) encryptBlock(chain, schedule, words);
  }
  if (place !== 0) encryptBlock(chain, schedule, words);
};

const wordAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number);

/** A whole block, in words: they take a third of the time that octets do. */
const decryptWhole = (plain: Uint8Array, sealed: Uint8Array, from: number): void => {
  for (let i = 0, at = from; i < 4; i++, at += 4) {
    const word = wordAt(sealed, at) ^ (stream[i] as number);
    plain[at] = word >>> 24;
    plain[at + 1] = word >>> 16;
    plain[at + 2] = word >>> 8;
    plain[at + 3] = word;
    chain[i] = (chain[i] as number) ^ word;
  }
};

const decryptRest = (plain: Uint8Array, sealed: Uint8Array, from: number): void => {
  for (let at = from; at < plain.length; at++) {
    const octet = (sealed[at] as number) ^ octetOf(stream, at - from);
    plain[at] = octet;
    mix(chain, octet, at - from);
  }
};

const nextOfStream = (words: number): void => {
  counter[3]++;
  for (let i = 0; i < 4; i++) stream[i] = counter[i] as number;
  encryptBlock(stream, schedule, words);
};

/** Decrypts what goes into the chain. */
const decrypt = (plain: Uint8Array, sealed: Uint8Array, words: number): void => {
  for (let at = 0; at < plain.length; at += BLOCK) {
    nextOfStream(words);
    if (at + BLOCK <= plain.length) decryptWhole(plain, sealed, at);
    else decryptRest(plain, sealed, at);
    encryptBlock(chain, schedule, words);
  }
};

/** Whether the chain, masked by the first block of the counter, is the tag behind the data; all of it is looked at. */
const hasRightTag = (sealed: Uint8Array, tagLength: number): boolean => {
  const at = sealed.length - tagLength;
  let difference = 0;
  for (let i = 0; i < tagLength; i++) difference |= (sealed[at + i] as number) ^ octetOf(chain, i) ^ octetOf(stream, i);
  return difference === 0;
};

const isPossible = (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array, tagLength: number): boolean =>
  isDataKey(key) &&
  nonce.length === NONCE &&
  sealed.length >= tagLength &&
  sealed.length - tagLength <= LONGEST &&
  associated.length <= LONGEST_ASSOCIATED;

export const aesCcmOpen = (
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
  tagLength: 8 | 16,
): Uint8Array | undefined => {
  if (!isPossible(key, nonce, sealed, associated, tagLength)) return undefined;
  const plain = new Uint8Array(sealed.length - tagLength);
  const words = expandKey(key, schedule);
  begin(chain, (associated.length > 0 ? 0x40 : 0) | (((tagLength - 2) / 2) << 3) | 1, nonce, plain.length);
  encryptBlock(chain, schedule, words);
  absorbAssociated(associated, words);
  begin(counter, 1, nonce, 0);
  decrypt(plain, sealed, words);
  begin(stream, 1, nonce, 0);
  encryptBlock(stream, schedule, words);
  const isRight = hasRightTag(sealed, tagLength);
  wipe();
  if (isRight) return plain;
  plain.fill(0);
  return undefined;
};

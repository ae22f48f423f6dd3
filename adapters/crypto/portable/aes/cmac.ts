// AES-CMAC: RFC 4493 (NIST SP 800-38B), with a key of any of AES's lengths, as AES-SIV needs.

import { encryptBlock, newState, type State } from './block.js';
import { expandKey, isAesKey, newSchedule } from './keySchedule.js';

const state = newState();
const subkey = newState();
const schedule = newSchedule();

/** RFC 4493 2.3: multiplication by x in GF(2^128), without asking for the bit that falls out. */
const double = (block: State): void => {
  const carry = block[0] >> 31;
  block[0] = (block[0] << 1) | (block[1] >>> 31);
  block[1] = (block[1] << 1) | (block[2] >>> 31);
  block[2] = (block[2] << 1) | (block[3] >>> 31);
  block[3] = (block[3] << 1) ^ (carry & 0x87);
};

const mix = (octet: number, place: number): void => {
  const word = place >>> 2;
  state[word] = (state[word] as number) ^ (octet << (24 - 8 * (place & 3)));
};

/** The subkey K1, or K2 for a message whose last block had to be filled up. */
const deriveSubkey = (words: number, isFilledUp: boolean): void => {
  subkey.fill(0);
  encryptBlock(subkey, schedule, words);
  double(subkey);
  if (isFilledUp) double(subkey);
};

const absorb = (message: Uint8Array, words: number): void => {
  const last = message.length === 0 ? 0 : Math.ceil(message.length / 16) * 16 - 16;
  state.fill(0);
  for (let at = 0; at < last; at += 16) {
    for (let place = 0; place < 16; place++) mix(message[at + place] as number, place);
    encryptBlock(state, schedule, words);
  }
  const rest = message.length - last;
  for (let place = 0; place < rest; place++) mix(message[last + place] as number, place);
  if (rest < 16) mix(0x80, rest);
  deriveSubkey(words, rest < 16);
  for (let i = 0; i < 4; i++) state[i] = (state[i] as number) ^ (subkey[i] as number);
  encryptBlock(state, schedule, words);
};

/** The tag of a message. A key no AES has makes none: the result is empty. */
export const aesCmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  if (!isAesKey(key)) return new Uint8Array(0);
  const tag = new Uint8Array(16);
  absorb(message, expandKey(key, schedule));
  for (let place = 0; place < 16; place++) tag[place] = (state[place >>> 2] as number) >>> (24 - 8 * (place & 3));
  state.fill(0);
  subkey.fill(0);
  schedule.fill(0);
  return tag;
};

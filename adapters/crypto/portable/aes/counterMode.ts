// Counter mode: NIST SP 800-38A 6.5. Encrypting and decrypting are the same.
//
// Counts in the last word alone: AES-SIV clears its first bit, so that no message in memory makes it overflow (RFC 5297 2.5).

import { encryptBlock, newState } from './block.js';
import { expandKey, newSchedule } from './keySchedule.js';

const state = newState();
const counter = newState();
const schedule = newSchedule();

/** For a key AES has, and a first counter of 16 octets. */
export const aesCounterMode = (key: Uint8Array, first: Uint8Array, data: Uint8Array): Uint8Array => {
  const result = new Uint8Array(data.length);
  const words = expandKey(key, schedule);
  counter.fill(0);
  for (let place = 0; place < 16; place++) {
    counter[place >>> 2] = (counter[place >>> 2] as number) | ((first[place] as number) << (24 - 8 * (place & 3)));
  }
  for (let at = 0; at < data.length; at++) {
    const place = at & 15;
    if (place === 0) {
      state.set(counter);
      encryptBlock(state, schedule, words);
      counter[3]++;
    }
    result[at] = (data[at] as number) ^ ((state[place >>> 2] as number) >>> (24 - 8 * (place & 3)));
  }
  state.fill(0);
  counter.fill(0);
  schedule.fill(0);
  return result;
};

// AES: FIPS 197 5.2, the key schedule; and 5.3.5, that of the equivalent inverse cipher.

import { sbox, unmixing } from './tables.js';

/** Room for the round keys of AES-256. */
export const newSchedule = (): Int32Array => new Int32Array(60);

const substituted = (word: number): number =>
  ((sbox[word >>> 24] as number) << 24) |
  ((sbox[(word >>> 16) & 0xff] as number) << 16) |
  ((sbox[(word >>> 8) & 0xff] as number) << 8) |
  (sbox[word & 0xff] as number);

export const isAesKey = ({ length }: Uint8Array): boolean => length === 16 || length === 24 || length === 32;

/** Fills the schedule from a key of 16, 24 or 32 octets; the number of its words says how many rounds there are. */
export const expandKey = (key: Uint8Array, schedule: Int32Array): number => {
  const keyWords = key.length >>> 2;
  const words = 4 * (keyWords + 7);
  for (let i = 0; i < keyWords; i++) {
    schedule[i] =
      ((key[4 * i] as number) << 24) |
      ((key[4 * i + 1] as number) << 16) |
      ((key[4 * i + 2] as number) << 8) |
      (key[4 * i + 3] as number);
  }
  let constant = 1;
  for (let i = keyWords; i < words; i++) {
    let word = schedule[i - 1] as number;
    if (i % keyWords === 0) {
      word = substituted((word << 8) | (word >>> 24)) ^ (constant << 24);
      constant = (constant << 1) ^ (constant & 0x80 ? 0x11b : 0);
    } else if (keyWords > 6 && i % keyWords === 4) {
      word = substituted(word);
    }
    schedule[i] = (schedule[i - keyWords] as number) ^ word;
  }
  return words;
};

const [u0, u1, u2, u3] = unmixing;

/** The tables of the inverse cipher undo the S-box first, so it is applied here. */
const unmixed = (word: number): number =>
  (u0[sbox[word >>> 24] as number] as number) ^
  (u1[sbox[(word >>> 16) & 0xff] as number] as number) ^
  (u2[sbox[(word >>> 8) & 0xff] as number] as number) ^
  (u3[sbox[word & 0xff] as number] as number);

/** The round keys for decryption: last round first, those between first and last unmixed. */
export const expandInverseKey = (key: Uint8Array, schedule: Int32Array): number => {
  const words = expandKey(key, schedule);
  for (let low = 0, high = words - 4; low < high; low += 4, high -= 4) {
    for (let i = 0; i < 4; i++) {
      const kept = schedule[low + i] as number;
      schedule[low + i] = schedule[high + i] as number;
      schedule[high + i] = kept;
    }
  }
  for (let i = 4; i < words - 4; i++) schedule[i] = unmixed(schedule[i] as number);
  return words;
};

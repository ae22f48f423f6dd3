// AES: FIPS 197 5.1 and 5.3.5, one block, by tables.
//
// Which entries of a table are read depends on key and data, so whoever shares a processor's cache with this process can learn
// about the key by timing it. Fast, and right for captures; a live host takes `nodeCrypto`, whose AES is OpenSSL's.

import { inverseSbox, mixing, sbox, unmixing } from './tables.js';

/** The four columns of the state. */
export type State = Int32Array & Record<0 | 1 | 2 | 3, number>;

export const newState = (): State => new Int32Array(4) as State;

const [m0, m1, m2, m3] = mixing;
const [u0, u1, u2, u3] = unmixing;

const mixed = (a: number, b: number, c: number, d: number): number =>
  (m0[a >>> 24] as number) ^ (m1[(b >>> 16) & 0xff] as number) ^ (m2[(c >>> 8) & 0xff] as number) ^ (m3[d & 0xff] as number);

const unmixed = (a: number, b: number, c: number, d: number): number =>
  (u0[a >>> 24] as number) ^ (u1[(b >>> 16) & 0xff] as number) ^ (u2[(c >>> 8) & 0xff] as number) ^ (u3[d & 0xff] as number);

/** The last round has no mixing. */
const substituted = (box: Uint8Array, a: number, b: number, c: number, d: number): number =>
  ((box[a >>> 24] as number) << 24) |
  ((box[(b >>> 16) & 0xff] as number) << 16) |
  ((box[(c >>> 8) & 0xff] as number) << 8) |
  (box[d & 0xff] as number);

const keyAt = (schedule: Int32Array, at: number): number => schedule[at] as number;

/** Encrypts in place with the first `words` words of a schedule. */
export const encryptBlock = (state: State, schedule: Int32Array, words: number): void => {
  let a = state[0] ^ keyAt(schedule, 0);
  let b = state[1] ^ keyAt(schedule, 1);
  let c = state[2] ^ keyAt(schedule, 2);
  let d = state[3] ^ keyAt(schedule, 3);
  let at = 4;
  for (; at < words - 4; at += 4) {
    const nextA = mixed(a, b, c, d) ^ keyAt(schedule, at);
    const nextB = mixed(b, c, d, a) ^ keyAt(schedule, at + 1);
    const nextC = mixed(c, d, a, b) ^ keyAt(schedule, at + 2);
    d = mixed(d, a, b, c) ^ keyAt(schedule, at + 3);
    a = nextA;
    b = nextB;
    c = nextC;
  }
  state[0] = substituted(sbox, a, b, c, d) ^ keyAt(schedule, at);
  state[1] = substituted(sbox, b, c, d, a) ^ keyAt(schedule, at + 1);
  state[2] = substituted(sbox, c, d, a, b) ^ keyAt(schedule, at + 2);
  state[3] = substituted(sbox, d, a, b, c) ^ keyAt(schedule, at + 3);
};

/** Decrypts in place, with a schedule of the inverse cipher. */
export const decryptBlock = (state: State, schedule: Int32Array, words: number): void => {
  let a = state[0] ^ keyAt(schedule, 0);
  let b = state[1] ^ keyAt(schedule, 1);
  let c = state[2] ^ keyAt(schedule, 2);
  let d = state[3] ^ keyAt(schedule, 3);
  let at = 4;
  for (; at < words - 4; at += 4) {
    const nextA = unmixed(a, d, c, b) ^ keyAt(schedule, at);
    const nextB = unmixed(b, a, d, c) ^ keyAt(schedule, at + 1);
    const nextC = unmixed(c, b, a, d) ^ keyAt(schedule, at + 2);
    d = unmixed(d, c, b, a) ^ keyAt(schedule, at + 3);
    a = nextA;
    b = nextB;
    c = nextC;
  }
  state[0] = substituted(inverseSbox, a, d, c, b) ^ keyAt(schedule, at);
  state[1] = substituted(inverseSbox, b, a, d, c) ^ keyAt(schedule, at + 1);
  state[2] = substituted(inverseSbox, c, b, a, d) ^ keyAt(schedule, at + 2);
  state[3] = substituted(inverseSbox, d, c, b, a) ^ keyAt(schedule, at + 3);
};

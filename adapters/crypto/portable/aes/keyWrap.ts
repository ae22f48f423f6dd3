// AES key wrap: RFC 3394 (NIST SP 800-38F, KW), with a key of 16 or 32 octets.

import { decryptBlock, encryptBlock, newState } from './block.js';
import { expandInverseKey, expandKey, newSchedule } from './keySchedule.js';
import { isKek, isWrappable, isWrapped } from './keyWrapLengths.js';

/** RFC 3394 2.2.3.1, each half of it. */
const INITIAL = 0xa6a6a6a6 | 0;

/** Enough for the key data of every handshake; what is longer gets words of its own. */
const USUAL_OCTETS = 512;

const state = newState();
const schedule = newSchedule();
const usualRegisters = new Int32Array(USUAL_OCTETS / 4);

const registersFor = (octets: number): Int32Array => (octets > USUAL_OCTETS ? new Int32Array(octets / 4) : usualRegisters);

const clear = (words: Int32Array, count: number): void => {
  for (let i = 0; i < count; i++) words[i] = 0;
};

const read = (bytes: Uint8Array, registers: Int32Array, first: number): void => {
  for (let at = 0, i = first; at < bytes.length; at += 4, i++) {
    registers[i] =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
  }
};

const write = (registers: Int32Array, first: number, bytes: Uint8Array): void => {
  for (let at = 0, i = first; at < bytes.length; at += 4, i++) {
    const word = registers[i] as number;
    bytes[at] = word >>> 24;
    bytes[at + 1] = word >>> 16;
    bytes[at + 2] = word >>> 8;
    bytes[at + 3] = word;
  }
};

/** RFC 3394 2.2.1, the alternative with indexes: A is in the state, R[i] in the words 2i and 2i + 1. */
const wrapRegisters = (registers: Int32Array, words: number, rounds: number): void => {
  let step = 1;
  for (let pass = 0; pass < 6; pass++) {
    for (let i = 2; i < words; i += 2, step++) {
      state[2] = registers[i] as number;
      state[3] = registers[i + 1] as number;
      encryptBlock(state, schedule, rounds);
      state[1] ^= step;
      registers[i] = state[2];
      registers[i + 1] = state[3];
    }
  }
};

/** RFC 3394 2.2.2, likewise. */
const unwrapRegisters = (registers: Int32Array, words: number, rounds: number): void => {
  let step = 6 * (words / 2 - 1);
  for (let pass = 0; pass < 6; pass++) {
    for (let i = words - 2; i > 0; i -= 2, step--) {
      state[1] ^= step;
      state[2] = registers[i] as number;
      state[3] = registers[i + 1] as number;
      decryptBlock(state, schedule, rounds);
      registers[i] = state[2];
      registers[i + 1] = state[3];
    }
  }
};

const wipe = (registers: Int32Array, words: number): void => {
  clear(state, 4);
  clear(schedule, schedule.length);
  clear(registers, words);
};

export const aesWrap = (kek: Uint8Array, plain: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrappable(plain)) return undefined;
  const wrapped = new Uint8Array(plain.length + 8);
  const words = wrapped.length / 4;
  const registers = registersFor(wrapped.length);
  read(plain, registers, 2);
  state[0] = INITIAL;
  state[1] = INITIAL;
  wrapRegisters(registers, words, expandKey(kek, schedule));
  registers[0] = state[0];
  registers[1] = state[1];
  write(registers, 0, wrapped);
  wipe(registers, words);
  return wrapped;
};

export const aesUnwrap = (kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined => {
  if (!isKek(kek) || !isWrapped(wrapped)) return undefined;
  const words = wrapped.length / 4;
  const registers = registersFor(wrapped.length);
  read(wrapped, registers, 0);
  state[0] = registers[0] as number;
  state[1] = registers[1] as number;
  unwrapRegisters(registers, words, expandInverseKey(kek, schedule));
  // RFC 3394 2.2.3: nothing of the result may leave here when the check fails.
  const isIntact = ((state[0] ^ INITIAL) | (state[1] ^ INITIAL)) === 0;
  const plain = isIntact ? new Uint8Array(wrapped.length - 8) : undefined;
  if (plain !== undefined) write(registers, 2, plain);
  wipe(registers, words);
  return plain;
};

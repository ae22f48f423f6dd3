import type { Hearing } from './Hearing.js';
import { type Mac48, mac48At } from './Mac48.js';
import { ADDRESS1_AT, RETRY, SEQUENCE_AT } from './macHeader.js';
import { u16le } from './octets.js';

/** A transmitter and one of its queues, as a number: each queue counts its frames by itself (IEEE 802.11-2020 10.3.2.14). */
export type Queue = number;

const QUEUES = 32;
const MANAGEMENT_QUEUE = 17;
const NON_QOS_QUEUE = 16;

export const managementQueue = (transmitter: Mac48): Queue => transmitter * QUEUES + MANAGEMENT_QUEUE;

/** Of a data frame by its traffic identifier, where it has one. */
export const dataQueue = (transmitter: Mac48, tid: number | undefined): Queue =>
  transmitter * QUEUES + (tid === undefined ? NON_QOS_QUEUE : tid & 0x0f);

export interface Retries {
  /** Whether this is a frame that was heard already, sent again because its acknowledgement was not. */
  isAgain(hearing: Hearing, queue: Queue): boolean;
}

const BITS = 13;
const SLOTS = 1 << BITS;
/** Sequence numbers come round after 4,096 frames; nobody tries for longer than that, in microseconds. */
const LONGEST_TRY = 1e6;

/** What may change of a frame that is sent again: the retry bit, power management, whether there is more for the station. */
const LASTING_FLAGS = 0xc7;

/** Kind and flags of a frame as one number. */
const sortOf = (bytes: Uint8Array, start: number): number =>
  (bytes[start] ?? 0) | (((bytes[start + 1] ?? 0) & LASTING_FLAGS) << 8);

const slotOf = (queue: Queue, receiver: Mac48, sequence: number): number =>
  Math.imul((queue | 0) ^ Math.imul(receiver | 0, 0xc2b2ae35) ^ Math.imul(sequence, 0x85ebca6b), 0x9e3779b1) >>> (32 - BITS);

/**
 * Retries are told by what receivers go by: transmitter, queue, sequence control and the retry bit. The receiver belongs to it too, for
 * each has numbers of its own in the queues of QoS, and sort and length must agree. A retry whose original was not heard is not
 * dropped. Frames of an aggregate are tried again out of order, so it is not enough to remember the last one: each has a place in a
 * table, where at worst another takes it.
 */
export const createRetries = (): Retries => {
  const queues = new Float64Array(SLOTS).fill(-1);
  const receivers = new Float64Array(SLOTS);
  const sequences = new Uint16Array(SLOTS);
  const sorts = new Uint16Array(SLOTS);
  const sizes = new Uint32Array(SLOTS);
  const times = new Float64Array(SLOTS);

  return {
    isAgain({ bytes, start, end, time }, queue) {
      const receiver = mac48At(bytes, start + ADDRESS1_AT);
      const sequence = u16le(bytes, start + SEQUENCE_AT);
      const sort = sortOf(bytes, start);
      const slot = slotOf(queue, receiver, sequence);
      const isSameQueue = queues[slot] === queue && receivers[slot] === receiver && sequences[slot] === sequence;
      const isSame = isSameQueue && sorts[slot] === sort && sizes[slot] === end - start;
      const isRecent = Math.abs(time - (times[slot] ?? 0)) <= LONGEST_TRY;
      if (isSame && isRecent && ((bytes[start + 1] ?? 0) & RETRY) !== 0) return true;
      queues[slot] = queue;
      receivers[slot] = receiver;
      sequences[slot] = sequence;
      sorts[slot] = sort;
      sizes[slot] = end - start;
      times[slot] = time;
      return false;
    },
  };
};

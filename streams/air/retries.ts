import type { Hearing } from './Hearing.js';
import { type Mac48, mac48At } from './Mac48.js';
import { ADDRESS1_AT, ADDRESS3_AT, RETRY, SEQUENCE_AT } from './macHeader.js';
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
  /** Notes the first try of a frame that is sent again because it was not acknowledged, or is in the capture twice; whether it is one, and was heard. */
  findFirst(hearing: Hearing, queue: Queue): boolean;
}

/** Frames that fall on the same bucket have so many places, and the newest ones keep them. */
const WAYS = 4;
const BITS = 11;
const BUCKETS = 1 << BITS;
const PLACES = BUCKETS * WAYS;
/** Sequence numbers come round after 4,096 frames; nobody tries for longer than that, in microseconds. */
const LONGEST_TRY = 1e6;
/** Nobody but a transmitter's own hardware repeats a frame so soon, in microseconds; what an access point or a station says again comes after 100 ms. */
const LONGEST_COPY = 50_000;

/** What may change of a frame that is sent again: the retry bit, power management, whether there is more for the station. */
const LASTING_FLAGS = 0xc7;

/** Kind, flags and sequence control of a frame as one number. */
const headOf = (bytes: Uint8Array, start: number): number =>
  ((bytes[start] ?? 0) | (((bytes[start + 1] ?? 0) & LASTING_FLAGS) << 8) | (u16le(bytes, start + SEQUENCE_AT) << 16)) >>> 0;

/** As far as the nonce and the MIC of a key packet, and the packet number of an encrypted frame. */
const PRINTED = 160;
/** There may be one, and the retry bit changes it. */
const FCS_SIZE = 4;

/** How long a frame is and what is said in it, and in which network, as a number: not all of it, but of two that say another thing next to never the same. */
const printOf = (bytes: Uint8Array, start: number, end: number): number => {
  const until = Math.min(end - FCS_SIZE, start + PRINTED);
  let print = end - start;
  for (let at = start + ADDRESS3_AT - ((until - start) & 1); at < until; at += 2)
    print = Math.imul(print ^ (bytes[at] ?? 0) ^ ((bytes[at + 1] ?? 0) << 8), 0x9e3779b1) ^ (print >>> 15);
  return print;
};

/** Addresses of one device often differ in their first octet alone, so that all of them counts. */
const folded = (wide: number): number => (wide | 0) ^ Math.imul(wide / 0x1_0000_0000, 0x27d4eb2f);

const bucketOf = (queue: Queue, receiver: Mac48, head: number, print: number): number => {
  const all = folded(queue) ^ Math.imul(folded(receiver), 0xc2b2ae35) ^ Math.imul(head ^ (head >>> 16), 0x85ebca6b) ^ print;
  return Math.imul(all ^ (all >>> 15), 0x9e3779b1) >>> (32 - BITS);
};

/**
 * Retries are told by what receivers go by: transmitter, queue, sequence control and the retry bit. The receiver belongs to it too, for
 * each has numbers of its own in the queues of QoS, and sort, length and words must agree. A retry whose original was not heard is not
 * dropped. Frames of an aggregate are tried again out of order, so it is not enough to remember the last one: each has a place in a
 * table. Only four newer frames of one bucket together take it away, which in the time of a retry next to never happens: so it hardly
 * matters which frames of others an ear hears, and several that share the stations hear what one hears.
 *
 * Captures of two devices that were put together, and those of a device that hears itself send, have a frame twice without a retry bit: at
 * once, and in the same words.
 */
export const createRetries = (): Retries => {
  const queues = new Float64Array(PLACES).fill(-1);
  const receivers = new Float64Array(PLACES);
  const heads = new Uint32Array(PLACES);
  const prints = new Int32Array(PLACES);
  const times = new Float64Array(PLACES);
  const frames = new Float64Array(PLACES);
  /** When each place was used last, counted in frames. */
  const uses = new Float64Array(PLACES);
  let count = 0;

  const placeOf = (bucket: number, queue: Queue, receiver: Mac48, head: number, print: number): number | undefined => {
    for (let place = bucket * WAYS; place < (bucket + 1) * WAYS; place += 1) {
      if (heads[place] !== head || prints[place] !== print) continue;
      if (queues[place] === queue && receivers[place] === receiver) return place;
    }
    return undefined;
  };

  const oldestOf = (bucket: number): number => {
    let oldest = bucket * WAYS;
    for (let place = oldest + 1; place < (bucket + 1) * WAYS; place += 1)
      if ((uses[place] ?? 0) < (uses[oldest] ?? 0)) oldest = place;
    return oldest;
  };

  return {
    findFirst(hearing, queue) {
      const { bytes, start, end, frame, time } = hearing;
      const receiver = mac48At(bytes, start + ADDRESS1_AT);
      const head = headOf(bytes, start);
      const print = printOf(bytes, start, end);
      const bucket = bucketOf(queue, receiver, head, print);
      const known = placeOf(bucket, queue, receiver, head, print);
      const place = known ?? oldestOf(bucket);
      uses[place] = count += 1;
      const isRetry = ((bytes[start + 1] ?? 0) & RETRY) !== 0;
      const isRecent = known !== undefined && Math.abs(time - (times[place] ?? 0)) <= (isRetry ? LONGEST_TRY : LONGEST_COPY);
      if (isRecent) {
        hearing.first = frames[place] ?? frame;
        return true;
      }
      queues[place] = queue;
      receivers[place] = receiver;
      heads[place] = head;
      prints[place] = print;
      times[place] = time;
      frames[place] = frame;
      return false;
    },
  };
};

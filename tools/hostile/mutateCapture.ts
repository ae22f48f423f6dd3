import type { Random } from '../fuzz/random.js';
import { beginnings, FILE_HEADER, isPcapng, joined, type Pieces, piecesOf, viewOf } from './records.js';

type Mutation = (capture: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Without its section header in front a pcapng is none, which is worth a try only now and then. */
const keepsHeader = (capture: Uint8Array, random: Random): boolean => isPcapng(capture) && !random.isOneIn(16);

const randomPieces = (capture: Uint8Array, random: Random): Pieces => piecesOf(capture, keepsHeader(capture, random));

/** Changes the order, or the number, of the records. */
const ofRecords =
  (change: (records: Uint8Array[], random: Random, others: ReadonlyArray<Uint8Array>) => void): Mutation =>
  (capture, random, other) => {
    const { head, records } = randomPieces(capture, random);
    const list = [...records];
    if (list.length > 0) change(list, random, randomPieces(other, random).records);
    return joined([head, ...list]);
  };

const swap: Mutation = ofRecords((records, random) => {
  const [a, b] = [random.below(records.length), random.below(records.length)];
  const [first, second] = [records[a], records[b]];
  if (first === undefined || second === undefined) return;
  records[a] = second;
  records[b] = first;
});

const shuffle: Mutation = ofRecords((records, random) => {
  for (let at = records.length - 1; at > 0; at--) {
    const to = random.below(at + 1);
    const [one] = records.splice(to, 1);
    if (one !== undefined) records.push(one);
  }
});

const repeat: Mutation = ofRecords((records, random) => {
  const one = random.pick(records);
  const times = random.isOneIn(8) ? 100 : 1 + random.below(5);
  if (one !== undefined) records.splice(random.below(records.length + 1), 0, ...Array.from({ length: times }, () => one));
});

const drop: Mutation = ofRecords((records, random) => {
  records.splice(random.below(records.length), 1 + random.below(5));
});

const mix: Mutation = ofRecords((records, random, others) => {
  const from = random.below(others.length);
  records.splice(random.below(records.length + 1), 0, ...others.slice(from, from + 1 + random.below(20)));
});

/** A record without some of its octets; its header says otherwise. */
const cutRecord: Mutation = ofRecords((records, random) => {
  const at = random.below(records.length);
  const record = records[at];
  if (record === undefined) return;
  const from = random.below(record.length);
  records[at] = joined([record.subarray(0, from), record.subarray(from + 1 + random.below(40))]);
});

const LENGTHS = [
  0, 1, 2, 3, 11, 12, 15, 16, 24, 0xff, 0xffff, 0x10000, 0x40000, 0x40001, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

/** Any of the numbers in the header of a record or block: its times, its lengths, its interface. */
const extremeHeader: Mutation = (capture, random) => {
  const changed = capture.slice();
  const start = random.pick(beginnings(changed)) ?? 0;
  const at = start + 4 * random.below(7);
  const value = random.isOneIn(3) ? changed.length + random.below(32) - 16 : (random.pick(LENGTHS) ?? 0);
  if (at + 4 <= changed.length) viewOf(changed).setUint32(at, value >>> 0, random.isOneIn(16) === false);
  return changed;
};

const extremeFileHeader: Mutation = (capture, random) => {
  if (!random.isOneIn(4)) return capture;
  const changed = capture.slice();
  const at = random.below(Math.min(FILE_HEADER, changed.length));
  changed[at] = random.isOneIn(2) ? random.octet() : (random.pick([0, 1, 0x69, 0x7f, 0x77, 0xc0, 0x71, 0xff]) ?? 0);
  return changed;
};

const flip: Mutation = (capture, random) => {
  const changed = capture.slice();
  for (let times = 1 + random.below(12); times > 0; times--) {
    const at = random.below(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
};

/** An octet, or two, of a frame at an extreme: most lengths of the air are of one octet, those of EAPOL of two. */
const extremeOctet: Mutation = (capture, random) => {
  const changed = capture.slice();
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(changed.length);
    const value = random.pick([0, 1, 0x7f, 0x80, 0xfe, 0xff, 0x88, 0x8e]) ?? 0;
    changed.fill(value, at, Math.min(changed.length, at + 1 + random.below(2)));
  }
  return changed;
};

const truncate: Mutation = (capture, random) => capture.slice(0, random.below(capture.length + 1));

const insert: Mutation = (capture, random) => {
  const at = random.below(capture.length + 1);
  const noise = Uint8Array.from({ length: 1 + random.below(64) }, random.isOneIn(3) ? () => 0 : random.octet);
  return joined([capture.subarray(0, at), noise, capture.subarray(at)]);
};

const MUTATIONS: ReadonlyArray<Mutation> = [
  ...[flip, flip, extremeOctet, extremeOctet, extremeHeader, extremeHeader],
  ...[swap, shuffle, repeat, drop, mix, cutRecord, truncate, insert, extremeFileHeader],
];

const MOST_MUTATIONS = 4;
const MOST_OCTETS = 2 ** 17;

/** A capture changed as nobody means it: octets flipped, lengths at their extremes, records cut, mixed and out of order. */
export const mutateCapture = (capture: Uint8Array, random: Random, other: Uint8Array): Uint8Array => {
  let changed = capture;
  for (let times = 1 + random.below(MOST_MUTATIONS); times > 0 && changed.length > 0; times--)
    changed = (random.pick(MUTATIONS)?.(changed, random, other) ?? changed).slice(0, MOST_OCTETS);
  return changed;
};

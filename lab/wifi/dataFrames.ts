import { readFileSync } from 'node:fs';

/** What was on the air between stations and access points, apart from 802.1X. */
export interface DataFrames {
  readonly encrypted: number;
  readonly inTheClear: number;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const TYPE_DATA = 2;
/** Of the subtypes: frames without data, as those that only tell of power. */
const NO_DATA = 4;
const QOS = 8;
const FOUR_ADDRESSES = 3;
const PROTECTED = 0x40;
const LLC_OF_EAPOL = Buffer.from('aaaa03000000888e', 'hex');

type Kind = keyof DataFrames | 'other';

const kindOf = (frame: Buffer): Kind => {
  const [first = 0, flags = 0] = frame;
  const subtype = first >> 4;
  if (((first >> 2) & 3) !== TYPE_DATA || (subtype & NO_DATA) !== 0) return 'other';
  if ((flags & PROTECTED) !== 0) return 'encrypted';
  const at = 24 + ((flags & FOUR_ADDRESSES) === FOUR_ADDRESSES ? 6 : 0) + ((subtype & QOS) === 0 ? 0 : 2);
  return frame.subarray(at, at + LLC_OF_EAPOL.length).equals(LLC_OF_EAPOL) ? 'other' : 'inTheClear';
};

/** Counts the data frames of a capture of hwsim0 (pcap, radiotap); what is not all written yet is left out. */
export const dataFrames = (capture: string): DataFrames => {
  const bytes = readFileSync(capture);
  const counts = { encrypted: 0, inTheClear: 0, other: 0 };
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= bytes.length) {
    const size = bytes.readUInt32LE(at + 8);
    const record = bytes.subarray(at + RECORD_HEADER, at + RECORD_HEADER + size);
    if (record.length < size) break;
    counts[kindOf(record.subarray(record.readUInt16LE(2)))]++;
    at += RECORD_HEADER + size;
  }
  return { encrypted: counts.encrypted, inTheClear: counts.inTheClear };
};

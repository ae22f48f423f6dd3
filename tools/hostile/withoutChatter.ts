import { ManagementSubtype } from '../../streams/air/index.js';
import { joined, piecesOf, RECORD_HEADER, viewOf } from './records.js';

const LINK_TYPE_AT = 20;
const RADIOTAP = 127;

const MANAGEMENT = 0;
const CONTROL = 1;
const ADDRESS2_AT = 10;
const ADDRESS2_END = 16;

/** The frame of a record, behind its radiotap header. */
const frameOf = (record: Uint8Array): Uint8Array =>
  record.subarray(RECORD_HEADER + viewOf(record).getUint16(RECORD_HEADER + 2, true));

/**
 * A capture without what it mostly consists of: acknowledgements, probe requests, and beacons and probe responses after the first
 * of each access point. The smaller a seed is, the more of its mutants touch something that matters.
 */
export const withoutChatter = (pcap: Uint8Array): Uint8Array => {
  if (viewOf(pcap).getUint32(LINK_TYPE_AT, true) !== RADIOTAP) return pcap;
  const { head, records } = piecesOf(pcap, false);
  const announced = new Set<string>();

  const isAgain = (announcement: string): boolean => {
    const { size } = announced;
    return announced.add(announcement).size === size;
  };

  const isChatter = (record: Uint8Array): boolean => {
    const frame = frameOf(record);
    const [control = 0] = frame;
    const [type, subtype] = [(control >> 2) & 3, control >> 4];
    if (type !== MANAGEMENT) return type === CONTROL;
    if (subtype === ManagementSubtype.PROBE_REQUEST) return true;
    if (subtype !== ManagementSubtype.BEACON && subtype !== ManagementSubtype.PROBE_RESPONSE) return false;
    return isAgain(`${subtype} ${frame.subarray(ADDRESS2_AT, ADDRESS2_END)}`);
  };

  return joined([head, ...records.filter((record) => !isChatter(record))]);
};

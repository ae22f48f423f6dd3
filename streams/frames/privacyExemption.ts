import type { PrivacyExemption } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u16, u16be, u32 } from './pack.js';
import { decode, type Reader } from './Reader.js';

const ENTRY_SIZE = 6;
const LIST = 'DOT11_PRIVACY_EXEMPTION_LIST';

/** The list up to its entries; the header speaks of this part only. */
const LIST_SIZE = 12;

const exemption = (reader: Reader): PrivacyExemption => ({
  etherType: reader.u16be('usEtherType'),
  action: reader.u16('usExemptionActionType'),
  packets: reader.u16('usExemptionPacketType'),
});

/** DOT11_PRIVACY_EXEMPTION; its EtherType is big-endian in memory, the rest is not (R61). */
export const readPrivacyExemption = (bytes: Uint8Array): Decoded<PrivacyExemption> =>
  decode('DOT11_PRIVACY_EXEMPTION', bytes, exemption);

export const writePrivacyExemption = ({ etherType, action, packets }: PrivacyExemption): Uint8Array =>
  pack(u16be(etherType), u16(action), u16(packets));

/** DOT11_PRIVACY_EXEMPTION_LIST */
export const readPrivacyExemptions = (bytes: Uint8Array): Decoded<ReadonlyArray<PrivacyExemption>> =>
  decode(LIST, bytes, (reader) => {
    reader.need(LIST_SIZE);
    objectHeader(reader, LIST_SIZE);
    const count = reader.located('uNumOfEntries');
    const total = reader.located('uTotalNumOfEntries');
    const room = Math.floor(reader.remaining / ENTRY_SIZE);
    reader.check(count.value <= room, 'LENGTH', count, `at most the ${room} entries that fit`);
    reader.check(total.value >= count.value, 'LENGTH', total, `at least ${count.value}`);
    return reader.nested(LIST, 'PrivacyExemptionEntries', count.value * ENTRY_SIZE, (entries) => entries.repeat(exemption));
  });

export const writePrivacyExemptions = (exemptions: ReadonlyArray<PrivacyExemption>): Uint8Array =>
  pack(defaultHeader(LIST_SIZE), u32(exemptions.length), u32(exemptions.length), ...exemptions.map(writePrivacyExemption));

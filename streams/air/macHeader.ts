/** Frame Control, first octet: IEEE 802.11-2020 9.2.4.1. Version and type, then four bits of subtype. */
export const VERSION_AND_TYPE = 0x0f;
export const MANAGEMENT = 0x00;
export const CONTROL = 0x04;
export const DATA = 0x08;
/** Control frames that acknowledge, with their subtypes: one frame, several, and any control frame with another's header around it. */
export const ACKNOWLEDGEMENT = 0xd4;
export const BLOCK_ACKNOWLEDGEMENT = 0x94;
export const CONTROL_WRAPPER = 0x74;
/** Subtypes of data frames: their bits say what there is. */
export const NO_DATA = 0x40;
export const QOS = 0x80;

/** Frame Control, second octet. */
export const TO_DS = 0x01;
export const FROM_DS = 0x02;
export const MORE_FRAGMENTS = 0x04;
export const RETRY = 0x08;
export const PROTECTED = 0x40;
export const HT_CONTROL = 0x80;

export const ADDRESS1_AT = 4;
export const ADDRESS2_AT = 10;
export const ADDRESS3_AT = 16;
export const SEQUENCE_AT = 22;
/** Octets of a control frame up to whom it is for; all that acknowledge begin so. */
export const LEAST_CONTROL = 10;
/** Octets of the header of a management frame, and of a data frame without anything optional. */
export const LEAST_HEADER = 24;
const ADDRESS4_SIZE = 6;
const QOS_SIZE = 2;
const HT_CONTROL_SIZE = 4;

/** The fragment number in Sequence Control; above it stands the sequence number. */
export const FRAGMENT = 0x0f;

export const isFourAddress = (flags: number): boolean => (flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS);

/** Where QoS Control stands in the header of a QoS data frame. */
export const qosControlAt = (flags: number): number => (isFourAddress(flags) ? LEAST_HEADER + ADDRESS4_SIZE : LEAST_HEADER);

/** Octets of the MAC header of a data frame (9.3.2.1). A non-QoS data frame has no HT Control, whatever the bit says. */
export const dataHeaderSize = (kind: number, flags: number): number => {
  const size = qosControlAt(flags);
  if ((kind & QOS) === 0) return size;
  return size + QOS_SIZE + ((flags & HT_CONTROL) === 0 ? 0 : HT_CONTROL_SIZE);
};

/** Octets of the MAC header of a management frame (9.3.3.1). */
export const managementHeaderSize = (flags: number): number =>
  (flags & HT_CONTROL) === 0 ? LEAST_HEADER : LEAST_HEADER + HT_CONTROL_SIZE;

/** Where the body begins behind a header that drivers may have padded to four octets. */
export const behindHeader = (size: number, isPadded: boolean): number => (isPadded ? (size + 3) & ~3 : size);

import type { EapolHeard, Speaker } from './AirEvent.js';
import { holdsEapol, isCut, isPortAccess, LLC_SIZE, packetAt, speakerOf } from './eapolPacket.js';
import type { Hearing } from './Hearing.js';
import { BROADCAST, type Mac48, mac48At } from './Mac48.js';
import type { Memory } from './Memory.js';
import {
  ADDRESS1_AT,
  ADDRESS2_AT,
  behindHeader,
  dataHeaderSize,
  FRAGMENT,
  FROM_DS,
  isFourAddress,
  MORE_FRAGMENTS,
  NO_DATA,
  PROTECTED,
  QOS,
  qosControlAt,
  SEQUENCE_AT,
  TO_DS,
} from './macHeader.js';
import { u16be, u16le } from './octets.js';
import { dataQueue, type Queue } from './retries.js';

const A_MSDU = 0x80;
const ACK_POLICY = 0x60;
/** Destination, source and length before each MSDU of an A-MSDU (IEEE 802.11-2020 9.3.2.2.2). */
const SUBFRAME_HEADER = 14;

const kindOf = ({ bytes, start }: Hearing): number => bytes[start] ?? 0;
const flagsOf = ({ bytes, start }: Hearing): number => bytes[start + 1] ?? 0;
const transmitterOf = ({ bytes, start }: Hearing): Mac48 => mac48At(bytes, start + ADDRESS2_AT);

/** Whom a frame is for; any group is everybody. */
const receiverOf = ({ bytes, start }: Hearing): Mac48 =>
  ((bytes[start + ADDRESS1_AT] ?? 0) & 1) === 1 ? BROADCAST : mac48At(bytes, start + ADDRESS1_AT);

const qosControl = (hearing: Hearing): number => hearing.bytes[hearing.start + qosControlAt(flagsOf(hearing))] ?? 0;

const queueOf = (hearing: Hearing): Queue =>
  dataQueue(transmitterOf(hearing), (kindOf(hearing) & QOS) === 0 ? undefined : qosControl(hearing));

/** A frame with four addresses has no direction of its own, so that the packet has to tell. */
const speakerIn = (flags: number, bytes: Uint8Array, packet: number, end: number): Speaker => {
  if (isFourAddress(flags)) return speakerOf(bytes, packet, end);
  return (flags & FROM_DS) === 0 ? 'station' : 'ap';
};

/** Whether the frame asks for an acknowledgement right behind it (IEEE 802.11-2020 9.2.4.5.4). What is for all never does. */
const isAsking = (hearing: Hearing): boolean => {
  const { bytes, start } = hearing;
  if (((bytes[start + ADDRESS1_AT] ?? 0) & 1) === 1) return false;
  return (kindOf(hearing) & QOS) === 0 || (qosControl(hearing) & ACK_POLICY) === 0;
};

/** Tells of the EAPOL packet in an MSDU, if there is one and it is no further try; the MSDU may lie elsewhere than the frame, put together of fragments. */
const tellEapol = (memory: Memory, hearing: Hearing, bytes: Uint8Array, msdu: number, end: number): void => {
  const packet = msdu + LLC_SIZE;
  if (!holdsEapol(bytes, msdu, end) || !isPortAccess(bytes, packet)) return;
  const from = speakerIn(flagsOf(hearing), bytes, packet, end);
  const station = from === 'ap' ? receiverOf(hearing) : transmitterOf(hearing);
  if (!memory.isOurs(station)) return;
  const ap = from === 'ap' ? transmitterOf(hearing) : receiverOf(hearing);
  const { frame, time } = hearing;
  if (hearing.first === frame) {
    const octets = packetAt(bytes, packet, end);
    const event: EapolHeard = {
      kind: 'eapol',
      frame,
      time,
      station,
      ap,
      from,
      packet: octets,
      isProtected: false,
      medium: 'air',
    };
    hearing.tell(isCut(bytes, packet, end) ? { ...event, isCut: true } : event);
  }
  if (bytes === hearing.bytes && isAsking(hearing)) memory.acknowledgements.expect(hearing, { station, ap, from });
};

const takeAggregate = (memory: Memory, hearing: Hearing): void => {
  const { bytes, body, end } = hearing;
  memory.retries.findFirst(hearing, queueOf(hearing));
  for (let at = body; at + SUBFRAME_HEADER <= end; ) {
    const size = SUBFRAME_HEADER + u16be(bytes, at + SUBFRAME_HEADER - 2);
    tellEapol(memory, hearing, bytes, at + SUBFRAME_HEADER, Math.min(end, at + size));
    at += (size + 3) & ~3;
  }
};

/** Fragments are joined if the first of them begins like EAPOL. */
const takeFragment = (memory: Memory, hearing: Hearing, sequence: number): void => {
  if ((sequence & FRAGMENT) === 0 && !holdsEapol(hearing.bytes, hearing.body, hearing.end)) return;
  memory.trim(hearing);
  const { bytes, body, end } = hearing;
  const isLast = (flagsOf(hearing) & MORE_FRAGMENTS) === 0;
  const whole = memory.fragments.join(queueOf(hearing), sequence, isLast, bytes.subarray(body, end));
  if (whole !== undefined) tellEapol(memory, hearing, whole, 0, whole.length);
};

const takeWhole = (memory: Memory, hearing: Hearing): void => {
  const { bytes, body, end } = hearing;
  if (!holdsEapol(bytes, body, end)) return;
  memory.retries.findFirst(hearing, queueOf(hearing));
  tellEapol(memory, hearing, bytes, body, end);
};

const takeClear = (memory: Memory, hearing: Hearing): void => {
  const sequence = u16le(hearing.bytes, hearing.start + SEQUENCE_AT);
  const isFragment = (flagsOf(hearing) & MORE_FRAGMENTS) !== 0 || (sequence & FRAGMENT) !== 0;
  if (isFragment) takeFragment(memory, hearing, sequence);
  else if ((kindOf(hearing) & QOS) !== 0 && (qosControl(hearing) & A_MSDU) !== 0) takeAggregate(memory, hearing);
  else takeWhole(memory, hearing);
};

/** Tells of an encrypted frame that somebody wants. */
const tellSealed = (memory: Memory, hearing: Hearing, station: Mac48, ap: Mac48, from: Speaker): void => {
  memory.trim(hearing);
  const { bytes, start, body, end, frame, time } = hearing;
  if (body >= end || memory.retries.findFirst(hearing, queueOf(hearing))) return;
  const header = bytes.subarray(start, start + dataHeaderSize(kindOf(hearing), flagsOf(hearing)));
  hearing.tell({ kind: 'sealed', frame, time, station, ap, from, sealed: { header, body: bytes.subarray(body, end) } });
};

/** Each fragment of an encrypted frame is sealed by itself, and told by itself. With four addresses the pair that is watched tells. */
const takeProtected = (memory: Memory, hearing: Hearing): void => {
  const flags = flagsOf(hearing);
  const [transmitter, receiver] = [transmitterOf(hearing), receiverOf(hearing)];
  const isFromStation = isFourAddress(flags) ? memory.isWatched(transmitter, receiver) : (flags & TO_DS) !== 0;
  const station = isFromStation ? transmitter : receiver;
  const ap = isFromStation ? receiver : transmitter;
  if (memory.isOurs(station) && memory.isWatched(station, ap))
    tellSealed(memory, hearing, station, ap, isFromStation ? 'station' : 'ap');
};

/**
 * A data frame: EAPOL in the clear, or an encrypted frame between two that are watched. Most are neither, and are let go of after a few
 * looks. Frames that pass no access point, of stations among themselves, have no part in an association.
 */
export const takeData = (memory: Memory, hearing: Hearing): void => {
  const kind = kindOf(hearing);
  const flags = flagsOf(hearing);
  const direction = flags & (TO_DS | FROM_DS);
  if (direction === FROM_DS) memory.accessPoints.hear(hearing, hearing.start + ADDRESS2_AT);
  if ((kind & NO_DATA) !== 0 || direction === 0) return;
  hearing.body = hearing.start + behindHeader(dataHeaderSize(kind, flags), hearing.isPadded);
  if (hearing.body >= hearing.end) return;
  if ((flags & PROTECTED) === 0) takeClear(memory, hearing);
  else takeProtected(memory, hearing);
};

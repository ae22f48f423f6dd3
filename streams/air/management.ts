import { takeAnnouncement } from './announcements.js';
import type { Hearing } from './Hearing.js';
import { isKeyAction } from './KeyAction.js';
import { BROADCAST, isSameMac, type Mac48, mac48At } from './Mac48.js';
import { ManagementSubtype } from './ManagementSubtype.js';
import type { Memory } from './Memory.js';
import {
  ADDRESS2_AT,
  ADDRESS3_AT,
  behindHeader,
  FRAGMENT,
  MORE_FRAGMENTS,
  managementHeaderSize,
  PROTECTED,
  SEQUENCE_AT,
} from './macHeader.js';
import { tellAction, tellAuthentication, tellFarewell, tellRequest, tellResponse } from './managementBodies.js';
import { u16le } from './octets.js';
import { managementQueue } from './retries.js';
import { type Utterance, utteranceOf } from './Utterance.js';

const CONVERSATION: ReadonlyArray<number> = [
  ManagementSubtype.ASSOCIATION_REQUEST,
  ManagementSubtype.ASSOCIATION_RESPONSE,
  ManagementSubtype.REASSOCIATION_REQUEST,
  ManagementSubtype.REASSOCIATION_RESPONSE,
  ManagementSubtype.DISASSOCIATION,
  ManagementSubtype.AUTHENTICATION,
  ManagementSubtype.DEAUTHENTICATION,
  ManagementSubtype.ACTION,
];

const subtypeOf = ({ bytes, start }: Hearing): number => (bytes[start] ?? 0) >> 4;

/** An encrypted action keeps its category to itself, so it is only worth telling where somebody may open it. */
const isWantedAction = (memory: Memory, { bytes, body }: Hearing, { station, ap, isProtected }: Utterance): boolean =>
  isProtected ? memory.isWatched(station, ap) : isKeyAction(bytes[body] ?? 0);

/** Puts the body of a fragmented frame in hand once its last piece is there. Protected ones are not joined: none is that long. */
const takeFragment = (memory: Memory, hearing: Hearing, transmitter: Mac48, sequence: number): boolean => {
  const { bytes, start, body, end } = hearing;
  const flags = bytes[start + 1] ?? 0;
  if ((flags & PROTECTED) !== 0) return false;
  const isLast = (flags & MORE_FRAGMENTS) === 0;
  const whole = memory.fragments.join(managementQueue(transmitter), sequence, isLast, bytes.subarray(body, end));
  if (whole === undefined) return false;
  Object.assign(hearing, { bytes: whole, body: 0, end: whole.length });
  return true;
};

/** Whether a frame is whole and new; of fragments, once the last is there. */
const isNews = (memory: Memory, hearing: Hearing, transmitter: Mac48): boolean => {
  const { bytes, start } = hearing;
  const sequence = u16le(bytes, start + SEQUENCE_AT);
  const isFragment = ((bytes[start + 1] ?? 0) & MORE_FRAGMENTS) !== 0 || (sequence & FRAGMENT) !== 0;
  if (isFragment) return takeFragment(memory, hearing, transmitter, sequence);
  return !memory.retries.findFirst(hearing, managementQueue(transmitter));
};

const tellOf = (subtype: number, hearing: Hearing, utterance: Utterance): void => {
  switch (subtype) {
    case ManagementSubtype.AUTHENTICATION:
      tellAuthentication(hearing, utterance);
      break;
    case ManagementSubtype.DISASSOCIATION:
    case ManagementSubtype.DEAUTHENTICATION:
      tellFarewell(hearing, utterance, subtype === ManagementSubtype.DEAUTHENTICATION);
      break;
    case ManagementSubtype.ACTION:
      tellAction(hearing, utterance);
      break;
    case ManagementSubtype.ASSOCIATION_REQUEST:
    case ManagementSubtype.REASSOCIATION_REQUEST:
      tellRequest(hearing, utterance, subtype === ManagementSubtype.REASSOCIATION_REQUEST);
      break;
    default:
      tellResponse(hearing, utterance, subtype === ManagementSubtype.REASSOCIATION_RESPONSE);
  }
};

/** Farewells and actions are of no use to anybody once they are heard or not. */
const EXPECTING: ReadonlyArray<number> = CONVERSATION.filter(
  (subtype) =>
    subtype !== ManagementSubtype.DISASSOCIATION &&
    subtype !== ManagementSubtype.DEAUTHENTICATION &&
    subtype !== ManagementSubtype.ACTION,
);

const takeConversation = (memory: Memory, hearing: Hearing): void => {
  const { bytes, start } = hearing;
  const subtype = subtypeOf(hearing);
  if (hearing.body >= hearing.end || !CONVERSATION.includes(subtype)) return;
  const transmitter = mac48At(bytes, start + ADDRESS2_AT);
  const utterance = utteranceOf(hearing, transmitter, mac48At(bytes, start + ADDRESS3_AT));
  if (!memory.isOurs(utterance.station)) return;
  if (subtype === ManagementSubtype.ACTION && !isWantedAction(memory, hearing, utterance)) return;
  memory.trim(hearing);
  if (hearing.body >= hearing.end) return;
  const isNew = isNews(memory, hearing, transmitter);
  if (isNew) tellOf(subtype, hearing, utterance);
  const isAgain = hearing.first !== hearing.frame;
  const isAsking = hearing.bytes === bytes && utterance.station !== BROADCAST;
  if ((isNew || isAgain) && isAsking && EXPECTING.includes(subtype)) memory.acknowledgements.expect(hearing, utterance);
};

/** A management frame: what an access point announces, and what it and a station say to each other before and after there are keys. */
export const takeManagement = (memory: Memory, hearing: Hearing): void => {
  const { bytes, start } = hearing;
  const subtype = subtypeOf(hearing);
  const isFromAp = isSameMac(bytes, start + ADDRESS2_AT, start + ADDRESS3_AT);
  hearing.body = start + behindHeader(managementHeaderSize(bytes[start + 1] ?? 0), hearing.isPadded);
  if (isFromAp && (subtype === ManagementSubtype.BEACON || subtype === ManagementSubtype.PROBE_RESPONSE)) {
    takeAnnouncement(memory, hearing, subtype === ManagementSubtype.PROBE_RESPONSE);
    return;
  }
  if (isFromAp) memory.accessPoints.hear(hearing, start + ADDRESS3_AT);
  takeConversation(memory, hearing);
};

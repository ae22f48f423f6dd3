import type { SealedBytes } from './AirEvent.js';
import type { Hearing } from './Hearing.js';
import { BROADCAST, mac48At } from './Mac48.js';
import { managementHeaderSize } from './macHeader.js';
import { u16le } from './octets.js';
import type { Utterance } from './Utterance.js';

/** Octets of the fixed fields (IEEE 802.11-2020 9.3.3). */
const AUTHENTICATION_FIELDS = 6;
const REQUEST_FIELDS = 4;
const CURRENT_AP_SIZE = 6;
const RESPONSE_FIELDS = 6;
const REASON_SIZE = 2;

const SHARED_KEY = 1;
const ANSWER_TO_CHALLENGE = 3;
/** What an encrypted action frame is about is not known before it is opened. */
const UNKNOWN_CATEGORY = -1;

const NONE = new Uint8Array(0);

const bodyOf = ({ bytes, body, end }: Hearing): Uint8Array => bytes.subarray(body, end);

const sealedOf = (hearing: Hearing): SealedBytes => {
  const { bytes, start } = hearing;
  return { header: bytes.subarray(start, start + managementHeaderSize(bytes[start + 1] ?? 0)), body: bodyOf(hearing) };
};

/** The only authentication frame that is encrypted answers the challenge of shared key authentication (12.3.3.3.4), with WEP. */
const tellAnswerToChallenge = ({ tell, frame, time }: Hearing, { station, ap, from }: Utterance): void => {
  const [algorithm, transaction, status] = [SHARED_KEY, ANSWER_TO_CHALLENGE, 0];
  tell({ kind: 'authentication', frame, time, station, ap, from, algorithm, transaction, status, body: NONE });
};

export const tellAuthentication = (hearing: Hearing, utterance: Utterance): void => {
  const { bytes, body, end, frame, time } = hearing;
  const { station, ap, from, isProtected } = utterance;
  if (isProtected) {
    tellAnswerToChallenge(hearing, utterance);
  } else if (end - body >= AUTHENTICATION_FIELDS) {
    const algorithm = u16le(bytes, body);
    const transaction = u16le(bytes, body + 2);
    const status = u16le(bytes, body + 4);
    const octets = bodyOf(hearing);
    hearing.tell({ kind: 'authentication', frame, time, station, ap, from, algorithm, transaction, status, body: octets });
  }
};

export const tellRequest = (hearing: Hearing, { station, ap, isProtected }: Utterance, isReassociation: boolean): void => {
  const { bytes, body, end, frame, time } = hearing;
  const kind = 'associationRequest';
  const least = isReassociation ? REQUEST_FIELDS + CURRENT_AP_SIZE : REQUEST_FIELDS;
  if (isProtected || end - body < least) return;
  const octets = bodyOf(hearing);
  if (isReassociation) {
    const currentAp = mac48At(bytes, body + REQUEST_FIELDS);
    hearing.tell({ kind, frame, time, station, ap, isReassociation, currentAp, body: octets });
  } else hearing.tell({ kind, frame, time, station, ap, isReassociation, body: octets });
};

export const tellResponse = (hearing: Hearing, { station, ap, isProtected }: Utterance, isReassociation: boolean): void => {
  const { bytes, body, end, frame, time } = hearing;
  if (isProtected || end - body < RESPONSE_FIELDS) return;
  const status = u16le(bytes, body + 2);
  hearing.tell({ kind: 'associationResponse', frame, time, station, ap, isReassociation, status, body: bodyOf(hearing) });
};

/** The management MIC element (9.4.2.54): with BIP-CMAC-128 its MIC has 8 octets, and 16 with the other ciphers. */
const MIC_ELEMENT = 76;
const MIC_SIZES: ReadonlyArray<number> = [16, 24];

const hasMic = ({ bytes, body, end }: Hearing): boolean =>
  MIC_SIZES.some((size) => {
    const at = end - size - 2;
    return at >= body + REASON_SIZE && bytes[at] === MIC_ELEMENT && bytes[at + 1] === size;
  });

/** What is said to all has a MIC at its end where it is protected, and can be read. */
export const tellFarewell = (
  hearing: Hearing,
  { station, ap, from, isProtected }: Utterance,
  isDeauthentication: boolean,
): void => {
  const { bytes, body, end, frame, time } = hearing;
  const kind = 'farewell';
  if (isProtected) hearing.tell({ kind, frame, time, station, ap, from, isDeauthentication, sealed: sealedOf(hearing) });
  if (isProtected || end - body < REASON_SIZE) return;
  const reason = u16le(bytes, body);
  if (station === BROADCAST && hasMic(hearing))
    hearing.tell({ kind, frame, time, station, ap, from, isDeauthentication, reason, signed: sealedOf(hearing) });
  else hearing.tell({ kind, frame, time, station, ap, from, isDeauthentication, reason });
};

/** The body begins with the category; an encrypted one has neither before it is opened. */
export const tellAction = (hearing: Hearing, { station, ap, from, isProtected }: Utterance): void => {
  const { bytes, body, frame, time } = hearing;
  const kind = 'action';
  if (isProtected) {
    hearing.tell({ kind, frame, time, station, ap, from, category: UNKNOWN_CATEGORY, body: NONE, sealed: sealedOf(hearing) });
  } else hearing.tell({ kind, frame, time, station, ap, from, category: bytes[body] ?? 0, body: bodyOf(hearing) });
};

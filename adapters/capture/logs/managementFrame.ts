import { type AirEvent, type Mac48, type Mark, mac48At, type Speaker } from '../../../streams/air/index.js';

const HEADER = 24;
const PROTECTED = 0x40;

const Subtype = {
  ASSOCIATION_REQUEST: 0,
  ASSOCIATION_RESPONSE: 1,
  REASSOCIATION_REQUEST: 2,
  REASSOCIATION_RESPONSE: 3,
  PROBE_RESPONSE: 5,
  BEACON: 8,
  DISASSOCIATION: 10,
  AUTHENTICATION: 11,
  DEAUTHENTICATION: 12,
  ACTION: 13,
} as const;

/** Fast BSS transition, SA query, wireless network management (IEEE 802.11-2020 Table 9-51). */
const KEY_CATEGORIES: ReadonlyArray<number> = [6, 8, 10];

interface Heard extends Mark {
  readonly ap: Mac48;
  readonly station: Mac48;
  readonly from: Speaker;
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** The driver has opened it already; that it was protected still stands in its header. */
const sealedOf = ({ header, body }: Heard) => (((header[1] ?? 0) & PROTECTED) === 0 ? {} : { sealed: { header, body } });

const requestOf = (heard: Heard, isReassociation: boolean): AirEvent | undefined => {
  const { frame, time, station, ap, body } = heard;
  if (body.length < (isReassociation ? 10 : 4)) return undefined;
  const currentAp = isReassociation ? { currentAp: mac48At(body, 4) } : {};
  return { kind: 'associationRequest', frame, time, station, ap, isReassociation, ...currentAp, body };
};

const responseOf = ({ frame, time, station, ap, body }: Heard, isReassociation: boolean): AirEvent | undefined =>
  body.length < 6
    ? undefined
    : { kind: 'associationResponse', frame, time, station, ap, isReassociation, status: u16(body, 2), body };

const announcementOf = ({ frame, time, ap, body }: Heard, isProbeResponse: boolean): AirEvent | undefined =>
  body.length < 12 ? undefined : { kind: 'announcement', frame, time, ap, isProbeResponse, body };

const farewellOf = (heard: Heard, isDeauthentication: boolean): AirEvent | undefined => {
  const { frame, time, station, ap, from, body } = heard;
  if (body.length < 2) return undefined;
  return { kind: 'farewell', frame, time, station, ap, from, isDeauthentication, reason: u16(body, 0), ...sealedOf(heard) };
};

const authenticationOf = ({ frame, time, station, ap, from, body }: Heard): AirEvent | undefined => {
  if (body.length < 6) return undefined;
  const [algorithm, transaction, status] = [u16(body, 0), u16(body, 2), u16(body, 4)];
  return { kind: 'authentication', frame, time, station, ap, from, algorithm, transaction, status, body };
};

const actionOf = (heard: Heard): AirEvent | undefined => {
  const { frame, time, station, ap, from, body } = heard;
  const [category = -1] = body;
  if (!KEY_CATEGORIES.includes(category)) return undefined;
  return { kind: 'action', frame, time, station, ap, from, category, body, ...sealedOf(heard) };
};

/** What a management frame means that a driver's log shows, from its header on; most mean nothing here. */
export const eventOfManagement = (bytes: Uint8Array, { frame, time }: Mark): AirEvent | undefined => {
  const [control = 0xff] = bytes;
  if (bytes.length < HEADER || (control & 0x0f) !== 0) return undefined;
  const [receiver, transmitter, ap] = [mac48At(bytes, 4), mac48At(bytes, 10), mac48At(bytes, 16)];
  const from = transmitter === ap ? 'ap' : 'station';
  const station = from === 'ap' ? receiver : transmitter;
  const heard = { frame, time, ap, station, from, header: bytes.subarray(0, HEADER), body: bytes.subarray(HEADER) } as const;
  const subtype = control >> 4;
  switch (subtype) {
    case Subtype.ASSOCIATION_REQUEST:
    case Subtype.REASSOCIATION_REQUEST:
      return requestOf(heard, subtype === Subtype.REASSOCIATION_REQUEST);
    case Subtype.ASSOCIATION_RESPONSE:
    case Subtype.REASSOCIATION_RESPONSE:
      return responseOf(heard, subtype === Subtype.REASSOCIATION_RESPONSE);
    case Subtype.PROBE_RESPONSE:
    case Subtype.BEACON:
      return announcementOf(heard, subtype === Subtype.PROBE_RESPONSE);
    case Subtype.DISASSOCIATION:
    case Subtype.DEAUTHENTICATION:
      return farewellOf(heard, subtype === Subtype.DEAUTHENTICATION);
    case Subtype.AUTHENTICATION:
      return authenticationOf(heard);
    case Subtype.ACTION:
      return actionOf(heard);
    default:
      return undefined;
  }
};

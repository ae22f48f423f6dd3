import {
  type AirEvent,
  isKeyAction,
  type Mac48,
  ManagementSubtype,
  type Mark,
  mac48At,
  type Speaker,
} from '../../../streams/air/index.js';

const HEADER = 24;
const PROTECTED = 0x40;

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
  if (!isKeyAction(category)) return undefined;
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
    case ManagementSubtype.ASSOCIATION_REQUEST:
    case ManagementSubtype.REASSOCIATION_REQUEST:
      return requestOf(heard, subtype === ManagementSubtype.REASSOCIATION_REQUEST);
    case ManagementSubtype.ASSOCIATION_RESPONSE:
    case ManagementSubtype.REASSOCIATION_RESPONSE:
      return responseOf(heard, subtype === ManagementSubtype.REASSOCIATION_RESPONSE);
    case ManagementSubtype.PROBE_RESPONSE:
    case ManagementSubtype.BEACON:
      return announcementOf(heard, subtype === ManagementSubtype.PROBE_RESPONSE);
    case ManagementSubtype.DISASSOCIATION:
    case ManagementSubtype.DEAUTHENTICATION:
      return farewellOf(heard, subtype === ManagementSubtype.DEAUTHENTICATION);
    case ManagementSubtype.AUTHENTICATION:
      return authenticationOf(heard);
    case ManagementSubtype.ACTION:
      return actionOf(heard);
    default:
      return undefined;
  }
};

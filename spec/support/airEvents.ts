import { type AirEvent, type Mac48, type Mark, mac48At, type SealedBytes, type Speaker } from '../../streams/air/index.js';
import {
  type AirFrame,
  airFrameOf,
  DATA,
  eapolOf,
  FROM_DS,
  hasData,
  MANAGEMENT,
  PROTECTED,
  TO_DS,
  wiredEapolOf,
} from './airFrames.js';
import { type CapturedFrame, readCapture } from './pcap.js';

/**
 * The frames of a capture as events, one by one and with nothing left out: a plain reading to hold the quick one against, and
 * to feed what comes after it.
 */
const sealedOf = ({ header, body }: AirFrame): SealedBytes => ({ header, body });

const isProtected = ({ flags }: AirFrame): boolean => (flags & PROTECTED) !== 0;

const markOf = ({ number, time }: Pick<AirFrame, 'number' | 'time'>): Mark => ({ frame: number, time: time * 1e6 });

interface Ends {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly from: Speaker;
}

const endsOfData = ({ flags, header }: AirFrame): Ends | undefined => {
  const ds = flags & (TO_DS | FROM_DS);
  const [first, second] = [mac48At(header, 4), mac48At(header, 10)];
  if (ds === TO_DS) return { station: second, ap: first, from: 'station' };
  return ds === FROM_DS ? { station: first, ap: second, from: 'ap' } : undefined;
};

const dataEvent = (frame: AirFrame): AirEvent | undefined => {
  const ends = endsOfData(frame);
  if (ends === undefined || !hasData(frame)) return undefined;
  const mark = markOf(frame);
  if (isProtected(frame)) return { kind: 'sealed', ...mark, ...ends, sealed: sealedOf(frame) };
  const packet = eapolOf(frame);
  return packet && { kind: 'eapol', ...mark, ...ends, packet, isProtected: false, medium: 'air' };
};

const endsOfManagement = ({ header }: AirFrame): Ends => {
  const [to, by, bssid] = [mac48At(header, 4), mac48At(header, 10), mac48At(header, 16)];
  return by === bssid ? { station: to, ap: bssid, from: 'ap' } : { station: by, ap: bssid, from: 'station' };
};

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

const managementEvent = (frame: AirFrame): AirEvent | undefined => {
  const { subtype, body } = frame;
  const mark = markOf(frame);
  const { station, ap, from } = endsOfManagement(frame);
  switch (subtype) {
    case 0:
    case 2: {
      const isReassociation = subtype === 2;
      const common = { kind: 'associationRequest', ...mark, station, ap, isReassociation, body } as const;
      return isReassociation ? { ...common, currentAp: mac48At(body, 4) } : common;
    }
    case 1:
    case 3:
      return { kind: 'associationResponse', ...mark, station, ap, isReassociation: subtype === 3, status: u16(body, 2), body };
    case 5:
    case 8:
      return { kind: 'announcement', ...mark, ap, isProbeResponse: subtype === 5, body };
    case 10:
    case 12: {
      const common = { kind: 'farewell', ...mark, station, ap, from, isDeauthentication: subtype === 12 } as const;
      return isProtected(frame) ? { ...common, sealed: sealedOf(frame) } : { ...common, reason: u16(body, 0) };
    }
    case 11: {
      const [algorithm, transaction, status] = [u16(body, 0), u16(body, 2), u16(body, 4)];
      return { kind: 'authentication', ...mark, station, ap, from, algorithm, transaction, status, body };
    }
    default:
      return undefined;
  }
};

const wiredEvent = (captured: CapturedFrame): AirEvent | undefined => {
  const packet = wiredEapolOf(captured);
  if (packet === undefined) return undefined;
  const [to, by] = [mac48At(captured.bytes, 0), mac48At(captured.bytes, 6)];
  const { number: frame, time } = captured;
  return {
    kind: 'eapol',
    frame,
    time: time * 1e6,
    station: by,
    ap: to,
    from: 'station',
    packet,
    isProtected: false,
    medium: 'wire',
  };
};

const eventOf = (captured: CapturedFrame): AirEvent | undefined => {
  const frame = airFrameOf(captured);
  if (frame === undefined) return wiredEvent(captured);
  if (frame.type === MANAGEMENT) return managementEvent(frame);
  return frame.type === DATA ? dataEvent(frame) : undefined;
};

/** What a capture file holds that the watchers of handshakes care about. */
export const airEvents = (file: Uint8Array): ReadonlyArray<AirEvent> =>
  [...readCapture(file)].flatMap((frame) => eventOf(frame) ?? []);

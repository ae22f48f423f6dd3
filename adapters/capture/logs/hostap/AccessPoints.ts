import type { AirEvent, Mac48, Mark } from '../../../../streams/air/index.js';
import { UNTOLD } from '../addresses.js';
import { type Saying, toldOf } from '../told.js';
import type { KeyDraft, StationOfAp } from './StationOfAp.js';

const MOST_STATIONS = 4096;
const MOST_INTERFACES = 64;

/** An interface of an access point. */
export interface OwnInterface {
  ap: Mac48;
  ssid?: Uint8Array | undefined;
}

/** What is known while the log of access points is read. */
export interface AccessPoints {
  readonly interfaces: Map<string, OwnInterface>;
  current: OwnInterface;
  readonly stations: Map<Mac48, StationOfAp>;
  /** Whose state machine the log speaks of. */
  subject?: StationOfAp | undefined;
  /** Who sent what is shown next. */
  sender?: StationOfAp | undefined;
  /** A packet shown before it was said who sent it. */
  unsigned?: { readonly mark: Mark; readonly packet: Uint8Array } | undefined;
  key?: KeyDraft | undefined;
  driverEvent?: string | undefined;
  beaconHead?: Uint8Array | undefined;
  /** The driver shows its frames, so that no line need stand in for one. */
  showsFrames: boolean;
  readonly tell: (event: AirEvent) => void;
}

export const createAccessPoints = (tell: (event: AirEvent) => void): AccessPoints => ({
  interfaces: new Map(),
  current: { ap: UNTOLD },
  stations: new Map(),
  showsFrames: false,
  tell,
});

export const turnToInterface = (points: AccessPoints, name: string): OwnInterface => {
  const known = points.interfaces.get(name);
  if (known !== undefined) return known;
  const made: OwnInterface = { ap: UNTOLD };
  if (points.interfaces.size < MOST_INTERFACES) points.interfaces.set(name, made);
  return made;
};

/** A station of the interface that is spoken of; of too many, the one met first is forgotten. */
export const stationOf = ({ stations, current }: AccessPoints, mac: Mac48): StationOfAp => {
  const known = stations.get(mac);
  if (known !== undefined) {
    if (current.ap !== UNTOLD) known.ap = current.ap;
    return known;
  }
  const made: StationOfAp = { mac, ap: current.ap, isKeyed: false };
  stations.set(mac, made);
  if (stations.size > MOST_STATIONS) {
    const [oldest] = stations.keys();
    if (oldest !== undefined) stations.delete(oldest);
  }
  return made;
};

export const sayOf = (points: AccessPoints, mark: Mark, station: StationOfAp, saying: Saying): void =>
  points.tell(toldOf(mark, { station: station.mac, ap: station.ap, ssid: points.current.ssid }, saying));

/** An EAPOL packet between them. */
export const passOn = (
  { tell }: AccessPoints,
  { frame, time }: Mark,
  { mac, ap }: StationOfAp,
  from: 'station' | 'ap',
  packet: Uint8Array,
): void => tell({ kind: 'eapol', frame, time, station: mac, ap, from, packet, isProtected: false, medium: 'log' });

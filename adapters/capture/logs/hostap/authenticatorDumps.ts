import { type AirEvent, BROADCAST, type Mark } from '../../../../streams/air/index.js';
import type { Hexdump } from '../Hexdump.js';
import { eventOfManagement } from '../managementFrame.js';
import { type AccessPoints, passOn, stationOf } from './AccessPoints.js';
import { message1Of } from './message1.js';
import { asSent } from './protection.js';

const REQUEST_FIXED = 4;
const CURRENT_AP = 6;

/** What a station asks for says how packets to it are made. */
const remember = (points: AccessPoints, event: AirEvent): void => {
  if (event.kind !== 'associationRequest' || event.station === BROADCAST) return;
  const station = stationOf(points, event.station);
  station.ap = event.ap;
  station.isKeyed = false;
  station.elements = event.body.slice(REQUEST_FIXED + (event.isReassociation ? CURRENT_AP : 0));
};

/** A frame with the access point's own address is one of its own only where it was given to the driver: the radio hears impostors. */
const showFrame = (points: AccessPoints, bytes: Uint8Array, mark: Mark, isOwn: boolean): void => {
  points.showsFrames = true;
  const event = eventOfManagement(bytes, mark);
  if (event === undefined) return;
  remember(points, event);
  const station = event.kind === 'farewell' && isOwn ? points.stations.get(event.station) : undefined;
  points.tell(event.kind === 'farewell' && station !== undefined ? asSent(event, station) : event);
};

/** The driver shows what was sent a second time, when it has been. */
const driverFrame = (points: AccessPoints, bytes: Uint8Array, mark: Mark): void => {
  if (points.driverEvent !== 'NL80211_CMD_FRAME_TX_STATUS') showFrame(points, bytes, mark, false);
};

const receiveKey = (points: AccessPoints, packet: Uint8Array, { frame, time }: Mark): void => {
  const { sender } = points;
  points.sender = undefined;
  if (sender === undefined) points.unsigned = { mark: { frame, time }, packet };
  else passOn(points, { frame, time }, sender, 'station', packet);
};

const drawNonce = ({ subject }: AccessPoints, nonce: Uint8Array): void => {
  if (subject !== undefined && nonce.length === 32) subject.nonce = nonce;
};

/** The last thing the log says of a packet before it is sent. */
const sendKey = (points: AccessPoints, replayCounter: Uint8Array, mark: Mark): void => {
  const { key } = points;
  points.key = undefined;
  const packet = key && message1Of(key, replayCounter);
  if (key !== undefined && packet !== undefined) passOn(points, mark, key.station, 'ap', packet);
};

/** A beacon is configured in two parts, around the traffic indication map. */
const beaconTail = (points: AccessPoints, tail: Uint8Array, mark: Mark): void => {
  const head = points.beaconHead;
  points.beaconHead = undefined;
  if (head === undefined) return;
  const event = eventOfManagement(Uint8Array.of(...head, ...tail), mark);
  if (event !== undefined) points.tell(event);
};

const PMKIDS = /^RSN: Message 1\/4 PMKID /;

/** Octets that hostapd shows, and whether they mean anything here. */
export const followApDump = (points: AccessPoints, { title, bytes, line }: Hexdump): boolean => {
  switch (title) {
    case 'nl80211: MLME event frame':
      driverFrame(points, bytes, line);
      return true;
    case 'CMD_FRAME':
      showFrame(points, bytes, line, true);
      return true;
    case 'WPA: RX EAPOL data':
      receiveKey(points, bytes, line);
      return true;
    case 'WPA: Assign ANonce':
    case 'WPA: Assign new ANonce':
      drawNonce(points, bytes);
      return true;
    case 'WPA: Replay Counter':
      sendKey(points, bytes, line);
      return true;
    case 'nl80211: Beacon head':
      points.beaconHead = bytes;
      return true;
    case 'nl80211: Beacon tail':
      beaconTail(points, bytes, line);
      return true;
    default:
      if (points.key === undefined || !PMKIDS.test(title)) return false;
      points.key.pmkid = bytes;
      return true;
  }
};

import { MAC, mac48Of } from '../addresses.js';
import type { LogLine } from '../LogLine.js';
import { ssidOf } from '../ssidText.js';
import { type AccessPoints, passOn, stationOf, turnToInterface } from './AccessPoints.js';
import type { Parts, Rule } from './rules.js';
import type { StationOfAp } from './StationOfAp.js';

export type ApRule = Rule<AccessPoints, LogLine>;

export const apRule = (pattern: string, follow: ApRule['follow']): ApRule => ({ pattern: new RegExp(`^${pattern}`), follow });

/** A line about a station. */
export const stationRule = (
  pattern: string,
  follow: (points: AccessPoints, station: StationOfAp, line: LogLine, parts: Parts) => void,
) =>
  apRule(pattern, (points, parts, line) => {
    const mac = mac48Of(parts['sta']);
    if (mac !== undefined) follow(points, stationOf(points, mac), line, parts);
  });

const STA = `(?<sta>${MAC})`;

/** IEEE 802.11-2020 Figure 12-33, of the fields hostapd names. */
const informationOf = ({ version, secure, mic, ack, install, pairwise, index, encrypted }: Parts): number => {
  const flag = (text: string | undefined, bit: number): number => (text === '0' ? 0 : bit);
  const flags = flag(pairwise, 0x08) | flag(install, 0x40) | flag(ack, 0x80) | flag(mic, 0x100) | flag(secure, 0x200);
  return (Number(version) & 7) | ((Number(index) & 3) << 4) | flags | flag(encrypted, 0x1000);
};

/** Who is spoken of, what is sent to whom; packets and frames themselves are in hexdumps. */
export const authenticatorRules: ReadonlyArray<ApRule> = [
  apRule(`Using interface (?<name>\\S+) with hwaddr (?<ap>${MAC}) and ssid "(?<ssid>.*)"`, (points, { name, ap, ssid }) => {
    points.current = turnToInterface(points, name ?? '');
    points.current.ap = mac48Of(ap) ?? points.current.ap;
    points.current.ssid = ssidOf(ssid ?? '');
  }),
  apRule(
    `nl80211: MLME event \\d+ \\((?<event>\\w+)\\) on (?<name>[^\\s(]+)\\((?<ap>${MAC})\\)`,
    (points, { event, name, ap }) => {
      points.current = turnToInterface(points, name ?? '');
      points.current.ap = mac48Of(ap) ?? points.current.ap;
      points.driverEvent = event;
    },
  ),
  stationRule(`IEEE 802\\.1X: \\d+ bytes from ${STA}`, (points, station) => {
    points.sender = station;
  }),
  stationRule(`WPA: Received EAPOL-Key from ${STA}`, (points, station) => {
    const { unsigned } = points;
    points.unsigned = undefined;
    if (unsigned !== undefined) passOn(points, unsigned.mark, station, 'station', unsigned.packet);
  }),
  stationRule(`WPA: ${STA} WPA_PTK entering state`, (points, station) => {
    points.subject = station;
  }),
  stationRule(`STA ${STA} WPA: rekeying PTK`, (points, station) => {
    points.subject = station;
  }),
  stationRule(`STA ${STA} WPA: sending 1/4 msg of 4-Way Handshake`, (points, station, { frame, time }) => {
    points.key = { station, frame, time };
  }),
  stationRule(`STA ${STA} WPA: sending (?:3/4|1/2) msg`, (points) => {
    points.key = undefined;
  }),
  apRule(
    'WPA: Send EAPOL\\(version=(?<version>\\d) secure=(?<secure>\\d) mic=(?<mic>\\d) ack=(?<ack>\\d) install=(?<install>\\d) ' +
      'pairwise=(?<pairwise>\\d+) kde_len=(?<length>\\d{1,5}) keyidx=(?<index>\\d) encr=(?<encrypted>\\d)\\)',
    ({ key }, parts) => {
      if (key === undefined) return;
      key.information = informationOf(parts);
      key.keyDataLength = Number(parts['length']);
    },
  ),
];

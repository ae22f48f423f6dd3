import { fromHex } from '../../../streams/events/index.js';
import type { Happening } from './exchange.js';

/** A key that wpa_supplicant gave to the driver. */
export interface DriverKey {
  readonly isPairwise: boolean;
  readonly index: number;
  readonly key: Uint8Array;
  readonly counter: Uint8Array;
}

/** One association in the log of a wpa_supplicant that shows its keys: what came, what went, and what was installed. */
export interface LoggedAssociation {
  readonly since: number;
  readonly until: number;
  readonly happenings: ReadonlyArray<Happening>;
  readonly installed: ReadonlyArray<DriverKey>;
}

interface Growing extends LoggedAssociation {
  until: number;
  readonly happenings: Happening[];
  readonly installed: DriverKey[];
}

const LINE = /^(?<time>\d+\.\d+): (?:(?:wlan|p2p-dev-wlan)\d+: )?(?<text>.*)$/;
const DUMP = /^(?<title>.*) - hexdump\(len=\d+\): *(?<octets>[0-9a-f ]*)$/;
const SET_KEY =
  /^wpa_driver_nl80211_set_key: .* alg=(?<algorithm>\d+) .* key_idx=(?<index>\d+) .* key_flag=(?<flags>0x[0-9a-f]+)/;
const PAIRWISE = 0x20;
const TKIP = 2;

/** TKIP keys go to the driver with the Michael key for sending first, and come from the handshake with that for receiving first. */
const inHandshakeOrder = (algorithm: number, key: Uint8Array): Uint8Array =>
  algorithm === TKIP ? Uint8Array.of(...key.subarray(0, 16), ...key.subarray(24, 32), ...key.subarray(16, 24)) : key;

interface KeyCall {
  readonly algorithm: number;
  readonly index: number;
  readonly isPairwise: boolean;
  key?: Uint8Array;
}

const keyCall = (text: string): KeyCall | undefined => {
  const groups = SET_KEY.exec(text)?.groups;
  if (groups === undefined || groups['algorithm'] === '0') return undefined;
  const isPairwise = (Number(groups['flags']) & PAIRWISE) !== 0;
  return { algorithm: Number(groups['algorithm']), index: Number(groups['index']), isPairwise };
};

const PACKETS: Readonly<Record<string, 'accessPoint' | 'station'>> = {
  'WPA: RX EAPOL-Key': 'accessPoint',
  'WPA: TX EAPOL-Key': 'station',
};

/** The associations of a station, by its own account. */
export const readStationLog = (log: string): ReadonlyArray<LoggedAssociation> => {
  const associations: Growing[] = [];
  let call: KeyCall | undefined;
  let isRoaming = false;
  for (const line of log.split('\n')) {
    const groups = LINE.exec(line)?.groups;
    if (groups === undefined) continue;
    const [time, text] = [Number(groups['time']), groups['text'] ?? ''];
    if (text.startsWith('WPA: Association event')) {
      associations.push({ since: time, until: time, happenings: [], installed: [] });
      isRoaming = false;
    }
    if (text.startsWith('SME: Trying to authenticate')) isRoaming = true;
    const current = isRoaming ? undefined : associations.at(-1);
    if (current === undefined) continue;
    if (text.startsWith('CTRL-EVENT-DISCONNECTED')) current.until = time;
    if (text.startsWith('CTRL-EVENT-EAP-SUCCESS')) current.happenings.push({ kind: 'oneXSucceeded', time });
    call = keyCall(text) ?? call;
    const dump = DUMP.exec(text)?.groups;
    const bytes = fromHex((dump?.['octets'] ?? '').replaceAll(' ', ''));
    const title = dump?.['title'] ?? '';
    if (bytes === undefined) continue;
    const from = PACKETS[title];
    if (from !== undefined) current.happenings.push({ kind: 'packet', from, packet: bytes, time });
    if (from !== undefined) current.until = time;
    if (title === 'nl80211: KEY_DATA' && call !== undefined) call.key = inHandshakeOrder(call.algorithm, bytes);
    if (title === 'nl80211: KEY_SEQ' && call?.key !== undefined) {
      const { index, isPairwise, key } = call;
      current.installed.push({ index, isPairwise, key, counter: bytes });
      call = undefined;
    }
  }
  return associations;
};

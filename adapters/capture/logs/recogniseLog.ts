import { Buffer } from 'node:buffer';
import { isText } from '../isText.js';
import { MAC } from './addresses.js';
import { unwrap } from './linePrefix.js';
import { createToUtf8, encodingOf } from './textSource.js';

/**
 * Whose log it is: of wpa_supplicant (also in a syslog, a journal or a logcat), of hostapd, of an ESP32, or an export of events of
 * Windows as XML.
 *
 * @since 0.2.0
 */
export type LogFormat = 'wpa_supplicant' | 'hostapd' | 'esp-idf' | 'windows-events';

const LINES = 2000;
const LONGEST = 400;

const SUPPLICANT = new RegExp(
  [
    '(?:^|: )CTRL-EVENT-(?:CONNECTED|DISCONNECTED|SCAN|ASSOC-REJECT|SSID-|EAP-METHOD|EAP-STARTED EAP|EAP-SUCCESS EAP|EAP-FAILURE EAP)',
    '(?:^|: )(?:SME: )?Trying to (?:associate|authenticate) with ',
    '(?:^|: )(?:WPA: )?[RT]X EAPOL(?:-Key)?(?: from | - hexdump|: dst=)',
    '^EAPOL: SUPP_(?:PAE|BE) entering state|(?:^|: )State: [A-Z0-9_]+ -> [A-Z0-9_]+$',
    '^wpa_supplicant v|Own MAC address: |^4-Way handshake failed for ifindex',
  ].join('|'),
);
const AUTHENTICATOR = new RegExp(
  [
    `STA ${MAC} (?:IEEE 802|WPA:|RADIUS:|MLME:)`,
    '(?:^|: )AP-(?:ENABLED|DISABLED|STA-)|WPA_PTK(?:_GROUP)? entering state',
    '^Using interface .* with hwaddr |^hostapd_|WPA: RX EAPOL data - hexdump|^WPA: Send EAPOL\\(',
  ].join('|'),
);

/** The components of an ESP32 that connect. */
const ESP_PROGRAMS: ReadonlyArray<string> = ['wpa', 'wifi'];

const WINDOWS = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<Events?[\s>]/;
const WINDOWS_SCHEMA = 'http://schemas.microsoft.com/win/2004/08/events/event';

interface Votes {
  esp: number;
  supplicant: number;
  authenticator: number;
}

const vote = (votes: Votes, line: string): void => {
  const { text, program } = unwrap(line);
  if (program !== undefined && ESP_PROGRAMS.includes(program)) votes.esp++;
  if (program === 'hostapd' || AUTHENTICATOR.test(text)) votes.authenticator++;
  else if (program === 'wpa_supplicant' || SUPPLICANT.test(text)) votes.supplicant++;
};

const winner = ({ esp, supplicant, authenticator }: Votes): LogFormat | undefined => {
  if (esp > 0 && esp >= authenticator) return 'esp-idf';
  if (authenticator > supplicant) return 'hostapd';
  return supplicant > 0 ? 'wpa_supplicant' : undefined;
};

/**
 * Says by the first bytes of a file which log it is, if it is one that can be read; 64 KiB are plenty. Its name plays no part.
 *
 * @example
 * recogniseLog(new TextEncoder().encode('wlan0: AP-STA-CONNECTED 02:00:00:00:01:00\n')); // 'hostapd'
 *
 * @since 0.2.0
 */
export const recogniseLog = (firstBytes: Uint8Array): LogFormat | undefined => {
  const { encoding, markLength } = encodingOf(firstBytes);
  const head = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, firstBytes.byteLength).subarray(markLength);
  const bytes = createToUtf8(encoding)(head);
  if (!isText(bytes)) return undefined;
  const text = bytes.toString('latin1');
  if (WINDOWS.test(text)) return text.includes(WINDOWS_SCHEMA) ? 'windows-events' : undefined;
  const votes: Votes = { esp: 0, supplicant: 0, authenticator: 0 };
  for (const line of text.split('\n', LINES)) vote(votes, line.slice(0, LONGEST).trimEnd());
  return winner(votes);
};

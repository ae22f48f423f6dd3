import { MSMSEC, ONEX } from '../../../../streams/events/index.js';
import { MAC } from '../addresses.js';
import type { Saying } from '../told.js';
import { sayOf } from './AccessPoints.js';
import { type ApRule, stationRule } from './authenticatorRules.js';

const STA = `(?<sta>${MAC})`;

const opinion = (pattern: string, saying: Saying): ApRule =>
  stationRule(pattern, (points, station, line) => sayOf(points, line, station, saying));

const said = (phase: Saying['phase'], outcome: Saying['outcome'], text: string, reason?: number): Saying => ({
  phase,
  outcome,
  text,
  ...(reason !== undefined && { reason }),
});

const MISMATCH = MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED;
const TIMEOUT = MSMSEC.MSMSEC_KEY_SUCCESS_TIMEOUT;
const REFUSED = ONEX.ONEX_EAP_FAILURE_RECEIVED;

/** What a syslog has of an end; where frames are shown it comes late, and says less. */
const parting = (words: string, text: string): ApRule =>
  stationRule(`STA ${STA} IEEE 802\\.11: ${words}`, (points, station, line) => {
    if (!points.showsFrames) sayOf(points, line, station, said('connection', 'ended', text));
  });

/** A deauthentication or disassociation in words, where the driver does not show the frames. */
const farewell = (pattern: string, from: 'station' | 'ap', isDeauthentication: boolean): ApRule =>
  stationRule(pattern, (points, { mac, ap }, { frame, time }, { reason }) => {
    if (points.showsFrames) return;
    points.tell({ kind: 'farewell', frame, time, station: mac, ap, from, isDeauthentication, reason: Number(reason) });
  });

/** What hostapd holds of how things went with a station. */
export const authenticatorOpinions: ReadonlyArray<ApRule> = [
  opinion(`STA ${STA} IEEE 802\\.11: associated`, said('association', 'success', 'associated')),
  parting('disassociated', 'disassociated'),
  parting('deauthenticated due to inactivity', 'deauthenticated for its silence'),
  parting('deauthenticated due to local deauth', 'deauthenticated by the access point'),
  parting('deauthenticated', 'deauthenticated'),
  stationRule(`STA ${STA} WPA: pairwise key handshake completed`, (points, station, line) => {
    station.isKeyed = true;
    sayOf(points, line, station, said('security', 'success', 'the 4-way handshake completed'));
  }),
  opinion(`STA ${STA} WPA: group key handshake completed`, said('security', 'success', 'the group key handshake completed')),
  opinion(
    `STA ${STA} WPA: invalid MIC in msg 2/4`,
    said('security', 'failure', 'the MIC of message 2 is wrong: the station has another key', MISMATCH),
  ),
  opinion(
    `AP-STA-POSSIBLE-PSK-MISMATCH ${STA}`,
    said('security', 'failure', 'the access point suspects that the station has another passphrase', MISMATCH),
  ),
  opinion(
    `STA ${STA} WPA: PTKSTART: Retry limit \\d+ reached`,
    said('security', 'failure', 'message 1 was sent as often as may be; no valid message 2 came', TIMEOUT),
  ),
  opinion(
    `STA ${STA} WPA: PTKINITNEGOTIATING: Retry limit \\d+ reached`,
    said('security', 'failure', 'message 3 was sent as often as may be; no valid message 4 came', TIMEOUT),
  ),
  opinion(`AP-STA-CONNECTED ${STA}`, said('connection', 'success', 'connected')),
  opinion(`AP-STA-DISCONNECTED ${STA}`, said('connection', 'ended', 'disconnected')),
  opinion(`CTRL-EVENT-EAP-SUCCESS2? ${STA}`, said('oneX', 'success', 'EAP succeeded')),
  opinion(`CTRL-EVENT-EAP-FAILURE2? ${STA}`, said('oneX', 'failure', 'EAP failed', REFUSED)),
  opinion(`CTRL-EVENT-EAP-TIMEOUT-FAILURE2? ${STA}`, said('oneX', 'failure', 'the station stopped answering', REFUSED)),
  opinion(`STA ${STA} IEEE 802\\.1X: authenticated - EAP type`, said('oneX', 'success', 'authenticated by 802.1X')),
  opinion(`STA ${STA} IEEE 802\\.1X: authentication failed - EAP type`, said('oneX', 'failure', 'refused by 802.1X', REFUSED)),
  farewell(`deauthentication: STA=${STA} reason_code=(?<reason>\\d{1,5})`, 'station', true),
  farewell(`disassocation: STA=${STA} reason_code=(?<reason>\\d{1,5})`, 'station', false),
  farewell(`disassociation: STA=${STA} reason_code=(?<reason>\\d{1,5})`, 'station', false),
  farewell(`ap_sta_disconnect addr ${STA} reason=(?<reason>\\d{1,5})`, 'ap', true),
];

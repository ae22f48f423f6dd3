import { MAC, peerOf } from '../addresses.js';
import type { LogLine } from '../LogLine.js';
import { ssidOf } from '../ssidText.js';
import { answerAssociation, giveUpAssociation } from './associationDraft.js';
import { sendAuthentication } from './authenticationDraft.js';
import type { Parts, Rule } from './rules.js';
import { meet, type StationInterface } from './StationInterface.js';

type StationRule = Rule<StationInterface, LogLine>;

const rule = (pattern: string, follow: (state: StationInterface, parts: Parts, line: LogLine) => void): StationRule => ({
  pattern: new RegExp(`^${pattern}`),
  follow,
});

const BSS = `(?<ap>${MAC}) \\(SSID='(?<ssid>.*)' freq=`;

/** A new beginning: what was known of the last one does not hold for it. */
const approach = (state: StationInterface, { ap, ssid }: Parts): void => {
  giveUpAssociation(state);
  state.ssid = ssid === undefined ? state.ssid : ssidOf(ssid);
  state.hasFarewell = false;
  state.isKeyed = false;
  state.isDisassociation = false;
  meet(state, { peer: ap });
};

const associate = (state: StationInterface, parts: Parts, { frame, time }: LogLine): void => {
  approach(state, parts);
  state.association = { frame, time, ap: peerOf(parts['ap']), ssid: state.ssid };
};

/** What a supplicant says of addresses, authentication and association; the frames themselves are in its hexdumps. */
export const supplicantRules: ReadonlyArray<StationRule> = [
  rule(`Own MAC address: (?<own>${MAC})`, (state, { own }) => meet(state, { own })),
  rule(`RX EAPOL from (?<ap>${MAC})`, (state, { ap }) => {
    if (state.peer === undefined) meet(state, { peer: ap });
    state.spokenTo = peerOf(ap);
  }),
  rule(`TX EAPOL: dst=(?<ap>${MAC})`, (state, { ap }) => {
    state.spokenTo = peerOf(ap);
  }),
  rule(`WPA: Send EAPOL-Key frame to (?<ap>${MAC})`, (state, { ap }) => {
    state.spokenTo = peerOf(ap);
  }),
  // Of an ESP32, this is the first line that has both.
  rule(`WPA: PTK derivation - A1=(?<own>${MAC}) A2=(?<peer>${MAC})`, meet),
  rule(`SME: Trying to authenticate with ${BSS}`, approach),
  rule(`Trying to associate with ${BSS}`, associate),
  rule("Trying to associate with SSID '(?<ssid>.*)'$", associate),
  rule(`  \\* prev_bssid=(?<ap>${MAC})`, (state, { ap }) => {
    if (state.association !== undefined) state.association.previousAp = peerOf(ap);
  }),
  rule('nl80211: Authenticate \\(', (state, _, { frame, time }) => {
    state.authentication = { frame, time };
  }),
  rule(`  \\* bssid=(?<ap>${MAC})`, (state, { ap }) => {
    if (state.authentication !== undefined) state.authentication.ap = peerOf(ap);
  }),
  rule('  \\* Auth Type (?<type>\\d+)', (state, { type }) => {
    if (state.authentication !== undefined) state.authentication.type = Number(type);
  }),
  // After a fast transition by action frames or one whose frames went before, Linux is only told.
  rule('  \\* Local state change only', (state) => {
    state.authentication = undefined;
  }),
  rule('nl80211: Authentication request send successfully', sendAuthentication),
  rule('WPA: clearing AP (?<what>WPA IE|RSN IE|RSNXE)', (state, { what }) => {
    state.elements.delete(`WPA: set AP ${what}`);
  }),
  rule('WPA: clearing own WPA/RSN IE', (state) => {
    state.elements.delete('WPA: set own WPA/RSN IE');
    state.elements.delete('SME: Association Request IEs');
  }),
  rule('Event (?<kind>DISASSOC|DEAUTH) ', (state, { kind }) => {
    state.isDisassociation = kind === 'DISASSOC';
  }),
  rule(`Associated with (?<ap>${MAC})`, (state, { ap }, line) => {
    meet(state, { peer: ap });
    const to = peerOf(ap);
    // A supplicant of a wire says so of the group address.
    if (to !== undefined) answerAssociation(state, line, to, 0);
  }),
];

export { rule as stationRule };

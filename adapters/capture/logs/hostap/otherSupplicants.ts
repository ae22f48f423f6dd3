import { MAC, peerOf } from '../addresses.js';
import type { LogLine } from '../LogLine.js';
import { ssidOf } from '../ssidText.js';
import type { Parts, Rule } from './rules.js';
import { emit, meet, pairOf, type StationInterface, say } from './StationInterface.js';
import { stationRule as rule } from './supplicantRules.js';

const DEAUTHENTICATION = 0xc0;
const DISASSOCIATION = 0xa0;

/** An ESP32 is back at its beginning. The number is that of the reason, and of the frame that brought it if one did. */
const fallBack = (state: StationInterface, { from, code }: Parts, { frame, time }: LogLine): void => {
  const number = Number.parseInt(code ?? '', 16);
  const [reason, type] = [number >> 8, number & 0xff];
  const isDeauthentication = type === DEAUTHENTICATION;
  if (isDeauthentication || type === DISASSOCIATION) {
    emit(state, { kind: 'farewell', frame, time, ...pairOf(state), from: 'ap', isDeauthentication, reason });
  }
  const isConnected = from === 'run';
  say(
    state,
    { frame, time },
    {
      phase: isConnected ? 'connection' : 'association',
      outcome: isConnected ? 'ended' : 'failure',
      text: `${isConnected ? 'disconnected' : 'not associated'}, reason ${reason}`,
    },
  );
};

/** What an ESP32 says around its wpa_supplicant, and what little iwd says. */
export const otherSupplicants: ReadonlyArray<Rule<StationInterface, LogLine>> = [
  rule(` ?mode : sta \\((?<own>${MAC})\\)`, (state, { own }) => meet(state, { own })),
  rule(` ?ap found, mac=(?<ap>${MAC})`, (state, { ap }) => {
    state.peer = peerOf(ap) ?? state.peer;
  }),
  rule(` ?connected with (?<ssid>.{0,64}), aid = \\d{1,5}, .{0,256}bssid = (?<ap>${MAC})`, (state, { ssid, ap }) => {
    state.ssid = ssidOf(ssid ?? '');
    meet(state, { peer: ap });
  }),
  rule(' ?state: assoc -> run \\(', (state, _, line) => {
    say(state, line, { phase: 'association', outcome: 'success', text: 'associated' });
  }),
  rule(' ?state: (?<from>auth|assoc|run) -> init \\((?<code>[0-9a-f]{1,6})\\)', fallBack),
  rule('4-Way handshake failed for ifindex: \\d+, reason: (?<reason>\\d{1,5})', (state, { reason }, line) => {
    say(state, line, { phase: 'security', outcome: 'failure', text: `the 4-way handshake failed, reason ${reason}` });
  }),
];

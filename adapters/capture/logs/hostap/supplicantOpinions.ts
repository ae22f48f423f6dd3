import { MSMSEC, ONEX } from '../../../../streams/events/index.js';
import { MAC, peerOf } from '../addresses.js';
import type { LogLine } from '../LogLine.js';
import type { Saying } from '../told.js';
import { answerAssociation, giveUpAssociation } from './associationDraft.js';
import { asSent } from './protection.js';
import type { Parts, Rule } from './rules.js';
import { emit, meet, pairOf, type StationInterface, say } from './StationInterface.js';
import { stationRule as rule } from './supplicantRules.js';

const STATUS = '(?<status>\\d{1,5})';

const opinion = (pattern: string, saying: Saying): Rule<StationInterface, LogLine> =>
  rule(pattern, (state, { ap }, line) => {
    meet(state, { peer: ap });
    say(state, line, saying, peerOf(ap));
  });

/** Inactivity is how Linux calls that it no longer hears the access point; then nothing is sent. */
const INACTIVITY = 4;

const isSilence = ({ hasFarewell }: StationInterface, { reason, local }: Parts): boolean =>
  !hasFarewell && local === '1' && Number(reason) === INACTIVITY;

/** Stands in for the frame, where the driver did not show it. */
const standIn = (state: StationInterface, parts: Parts, { frame, time }: LogLine): void => {
  const [reason, isLocal, ap] = [Number(parts['reason']), parts['local'] === '1', peerOf(parts['ap'])];
  if (state.hasFarewell || ap === undefined || reason === 0 || isSilence(state, parts)) return;
  const [pair, isDeauthentication] = [pairOf(state, ap), !state.isDisassociation];
  const from = isLocal ? 'station' : 'ap';
  emit(
    state,
    asSent(
      { kind: 'farewell', frame, time, ...pair, from, isDeauthentication, reason },
      { isKeyed: state.isKeyed, elements: state.asked },
    ),
  );
};

const VANISHED: Saying = {
  phase: 'connection',
  outcome: 'vanished',
  text: `disconnected with reason ${INACTIVITY}: the station did not hear the access point any more`,
};

const disconnect = (state: StationInterface, parts: Parts, line: LogLine): void => {
  giveUpAssociation(state);
  meet(state, { peer: parts['ap'] });
  standIn(state, parts, line);
  const side = parts['local'] === '1' ? ', by the station itself' : '';
  if (isSilence(state, parts)) say(state, line, VANISHED);
  else say(state, line, { phase: 'connection', outcome: 'ended', text: `disconnected with reason ${parts['reason']}${side}` });
  state.hasFarewell = false;
  state.isDisassociation = false;
};

const refuse = (state: StationInterface, { ap, status }: Parts, line: LogLine): void => {
  answerAssociation(state, line, peerOf(ap), Number(status));
  say(state, line, { phase: 'association', outcome: 'failure', text: `association refused with status ${status}` });
};

const MISMATCH = { phase: 'security', outcome: 'failure', reason: MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED } as const;

const DISABLED: Readonly<Record<string, Saying>> = {
  WRONG_KEY: { ...MISMATCH, text: 'network disabled for a while: the supplicant suspects a wrong key' },
  AUTH_FAILED: { phase: 'connection', outcome: 'failure', text: 'network disabled for a while: authentication failed' },
};

/** What a supplicant holds of how things went. */
export const supplicantOpinions: ReadonlyArray<Rule<StationInterface, LogLine>> = [
  opinion(`CTRL-EVENT-CONNECTED - Connection to (?<ap>${MAC}) completed`, {
    phase: 'connection',
    outcome: 'success',
    text: 'connected',
  }),
  rule(`CTRL-EVENT-DISCONNECTED bssid=(?<ap>${MAC}) reason=(?<reason>\\d{1,5})(?: locally_generated=(?<local>\\d))?`, disconnect),
  rule(`CTRL-EVENT-ASSOC-REJECT (?:bssid=(?<ap>${MAC}) )?status_code=${STATUS}`, refuse),
  rule(`CTRL-EVENT-AUTH-REJECT (?<ap>${MAC}) .*status_code=${STATUS}`, (state, { ap, status }, line) => {
    const text = `authentication refused with status ${status}`;
    if (!state.hasAnswer) say(state, line, { phase: 'association', outcome: 'failure', text }, peerOf(ap));
  }),
  rule('CTRL-EVENT-SSID-TEMP-DISABLED .*reason=(?<reason>\\w+)', (state, { reason }, line) => {
    const saying = DISABLED[reason ?? ''];
    if (saying !== undefined) say(state, line, saying);
  }),
  opinion('CTRL-EVENT-EAP-SUCCESS', { phase: 'oneX', outcome: 'success', text: 'EAP succeeded' }),
  opinion('CTRL-EVENT-EAP-FAILURE', {
    phase: 'oneX',
    outcome: 'failure',
    reason: ONEX.ONEX_EAP_FAILURE_RECEIVED,
    text: 'EAP failed',
  }),
  rule('CTRL-EVENT-EAP-TLS-CERT-ERROR reason=(?<reason>\\d{1,3}) depth=(?<depth>\\d{1,3})', (state, { reason, depth }, line) => {
    const text = `the server's certificate was refused: reason ${reason} at depth ${depth}`;
    say(state, line, { phase: 'oneX', outcome: 'failure', reason: ONEX.ONEX_EAP_FAILURE_RECEIVED, text });
  }),
  rule(`WPA: Key negotiation completed with (?<ap>${MAC})`, (state, { ap }, line) => {
    meet(state, { peer: ap });
    state.isKeyed = true;
    say(state, line, { phase: 'security', outcome: 'success', text: 'the key handshake completed' }, peerOf(ap));
  }),
  opinion('WPA: 4-Way Handshake failed', { ...MISMATCH, text: 'the 4-way handshake failed; the supplicant suspects the key' }),
  opinion(`Authentication with (?<ap>${MAC}) timed out`, {
    phase: 'connection',
    outcome: 'failure',
    text: 'no connection within the time the supplicant gives it',
  }),
  opinion('SME: (?:Authentication|Association)(?: request)?(?: to the driver)? timed out', {
    phase: 'association',
    outcome: 'failure',
    text: 'the access point did not answer',
  }),
];

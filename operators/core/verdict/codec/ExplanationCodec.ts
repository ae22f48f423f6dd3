import * as t from 'io-ts';
import { DisconnectJson, RoamJson, StepName, TimelineEntryJson, TimingJson } from './course.js';
import { EapJson } from './eap.js';
import { GroupHandshakeJson, HandshakeJson, KeysJson, MismatchJson, SecurityJson } from './handshake.js';
import { CodeJson, Frames, MarkJson, nullable, words } from './parts.js';

export const OutcomeJson = words('authorized', 'failed', 'interrupted', 'incomplete');

export const CauseJson = words(
  'none',
  'wrongPassphrase',
  'likelyWrongPassphrase',
  'messageLost',
  'keyMismatch',
  'elementMismatch',
  'forgedFrame',
  'keyReinstallation',
  'eapFailure',
  'eapTimeout',
  'tlsAlert',
  'saeFailure',
  'associationRefused',
  'groupRekeyLost',
  'deauthenticated',
  'stationLeft',
  'apVanished',
  'captureGap',
  'unknown',
);

export const PassphraseJson = words('right', 'wrong', 'likelyWrong', 'excluded', 'unknown');

export const FindingJson = t.strict({
  id: t.string,
  severity: words('info', 'warning', 'error'),
  text: t.string,
  frames: Frames,
});

/**
 * What became of one connection, and why: the JSON that `postassoc explain --json` prints, one object a line.
 *
 * @example
 * import { ExplanationCodec } from 'postassoc/core';
 *
 * const explanation = ExplanationCodec.decode(JSON.parse('{"kind":"connection","v":1}'));
 * console.log(explanation._tag); // 'Left': there is more in it
 *
 * @since 0.2.0
 */
export const ExplanationCodec = t.strict({
  kind: t.literal('connection'),
  v: t.literal(1),
  station: t.string,
  ap: t.string,
  ssid: nullable(t.string),
  ssidHex: nullable(t.string),
  medium: words('air', 'wire', 'log'),
  security: SecurityJson,
  began: MarkJson,
  ended: MarkJson,
  beginning: words('authentication', 'association', 'reassociation', 'middle'),
  ending: words('farewell', 'associatedAnew', 'roamed', 'gone', 'quiet', 'open'),
  outcome: OutcomeJson,
  step: StepName,
  cause: CauseJson,
  passphrase: PassphraseJson,
  verdict: t.string,
  authorized: nullable(MarkJson),
  handshakes: t.readonlyArray(HandshakeJson),
  groupHandshakes: t.readonlyArray(GroupHandshakeJson),
  eap: nullable(EapJson),
  keys: KeysJson,
  disconnect: nullable(DisconnectJson),
  roam: nullable(RoamJson),
  windows: nullable(CodeJson),
  credential: words('none', 'passphrase', 'pmk', 'msk', 'tk'),
  traffic: t.strict({ heard: t.number, opened: t.number }),
  mismatches: t.readonlyArray(MismatchJson),
  strays: t.number,
  lostFrames: t.number,
  timing: TimingJson,
  findings: t.readonlyArray(FindingJson),
  advice: t.readonlyArray(t.string),
  timeline: t.readonlyArray(TimelineEntryJson),
  /** Entries of the timeline that were left out, between its first and its last. */
  timelineOmitted: t.number,
});

/**
 * What became of one connection, and why.
 *
 * @since 0.2.0
 */
export type Explanation = t.TypeOf<typeof ExplanationCodec>;

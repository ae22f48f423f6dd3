import { mac48ToAddress } from '../../../streams/air/index.js';
import { type Secret, toHex } from '../../../streams/events/index.js';
import type { Connection } from '../shadow/Connection.js';
import { adviceFor } from './advice.js';
import type { Explanation } from './codec/ExplanationCodec.js';
import { timelineOf } from './course/timeline.js';
import { timingOf } from './course/timing.js';
import { findingsOf } from './findings/findingsOf.js';
import { headlineOf } from './headline.js';
import { disconnectJson, markJson, roamJson, securityJson } from './json/courseJson.js';
import { eapJson } from './json/eapJson.js';
import { groupHandshakeJson, handshakeJson } from './json/handshakeJson.js';
import { type KeyWriter, keysJson } from './json/keysJson.js';
import { ssidText } from './json/ssidText.js';
import { authorizationOf } from './judge/authorization.js';
import { judge } from './judge/judge.js';
import { windowsReason } from './windows.js';

export interface ExplainConnectionOptions {
  /** Whether keys and identities are shown, which is nobody's default. */
  readonly showSecrets?: boolean;
  /** What tells equal keys from different ones without showing them; without it a key shows its length only. */
  readonly fingerprint?: (key: Uint8Array) => string;
}

const keyWriter = ({ showSecrets = false, fingerprint }: ExplainConnectionOptions): KeyWriter =>
  showSecrets
    ? (key) => toHex(key.reveal())
    : (key: Secret) => (fingerprint === undefined ? key.toString() : fingerprint(key.reveal()));

const mismatchesOf = ({ mismatches, handshakes }: Connection): Explanation['mismatches'] =>
  [...mismatches, ...handshakes.flatMap((handshake) => handshake.mismatches)].map(
    ({ element, here, said, there, repeated, frame }) => ({ element, here, said, there, repeated, frame }),
  );

/**
 * From facts to words: what became of a connection, at which step, why, and what the passphrase has to do with it. It is a pure
 * decision: the same facts, the same words.
 *
 * @since 0.2.0
 */
export const explainConnection = (connection: Connection, options: ExplainConnectionOptions = {}): Explanation => {
  const { ssid, medium, began, ended, beginning, ending, credential, traffic, strays, lostFrames } = connection;
  const judgement = judge(connection);
  const { outcome, step, cause, passphrase } = judgement;
  const authorized = authorizationOf(connection);
  return {
    kind: 'connection',
    v: 1,
    station: mac48ToAddress(connection.station),
    ap: mac48ToAddress(connection.ap),
    ssid: ssid === undefined ? null : ssidText(ssid),
    ssidHex: ssid === undefined ? null : toHex(ssid),
    medium,
    security: securityJson(connection.security),
    began: markJson(began),
    ended: markJson(ended),
    beginning,
    ending,
    outcome,
    step,
    cause,
    passphrase,
    verdict: headlineOf(connection, judgement),
    authorized: authorized === undefined ? null : markJson(authorized.mark),
    handshakes: connection.handshakes.map(handshakeJson),
    groupHandshakes: connection.groupHandshakes.map(groupHandshakeJson),
    eap: eapJson(connection.eap, options.showSecrets ?? false),
    keys: keysJson(connection, keyWriter(options)),
    disconnect: disconnectJson(connection),
    roam: roamJson(connection),
    windows: windowsReason(connection, judgement),
    credential,
    traffic: { heard: traffic.heard, opened: traffic.opened },
    mismatches: mismatchesOf(connection),
    strays: strays.length,
    lostFrames,
    timing: timingOf(connection),
    findings: findingsOf(connection, judgement),
    advice: adviceFor(connection, judgement),
    ...timelineOf(connection),
  };
};

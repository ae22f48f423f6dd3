import * as t from 'io-ts';
import { Frames, nullable, SpeakerJson, words } from './parts.js';

export const TlsAlertJson = t.strict({
  frame: t.number,
  from: SpeakerJson,
  fatal: t.boolean,
  code: t.number,
  name: t.string,
});

export const EapJson = t.strict({
  method: nullable(t.string),
  methodType: nullable(t.number),
  /** `[redacted]`, unless secrets are shown; `null` where none was seen. */
  identity: nullable(t.string),
  realm: nullable(t.string),
  result: words('success', 'failure', 'none'),
  packets: t.number,
  offered: t.readonlyArray(t.number),
  wanted: t.readonlyArray(t.number),
  retransmissions: Frames,
  unanswered: nullable(t.number),
  tlsVersion: nullable(t.string),
  tlsAlert: nullable(TlsAlertJson),
  starts: Frames,
  logoffs: Frames,
});
export type EapJson = t.TypeOf<typeof EapJson>;

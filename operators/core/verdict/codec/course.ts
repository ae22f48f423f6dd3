import * as t from 'io-ts';
import { MarkJson, nullable, SpeakerJson, words } from './parts.js';

export const StepName = words('authentication', 'association', 'eap', 'fourWay', 'group', 'none');

/** How long a step took, and whose turn it was when it ended; `null` when it was through. */
export const StepTimeJson = t.strict({
  step: StepName,
  began: MarkJson,
  ended: MarkJson,
  ms: nullable(t.number),
  turn: nullable(SpeakerJson),
});

/** The longest silence within a step: between which frames, and who was waited for. */
export const SlowestJson = t.strict({
  step: StepName,
  by: SpeakerJson,
  ms: t.number,
  after: t.number,
  until: t.number,
});

export const TimingJson = t.strict({ steps: t.readonlyArray(StepTimeJson), slowest: nullable(SlowestJson) });
export type TimingJson = t.TypeOf<typeof TimingJson>;

export const TimelineEntryJson = t.strict({
  frame: t.number,
  time: nullable(t.string),
  /** `none` for what neither of them said. */
  from: words('station', 'ap', 'none'),
  what: t.string,
  isRepetition: t.boolean,
  /** Something is wrong with it. */
  isOdd: t.boolean,
});
export type TimelineEntryJson = t.TypeOf<typeof TimelineEntryJson>;

export const DisconnectJson = t.strict({
  frame: t.number,
  time: nullable(t.string),
  by: words('ap', 'station', 'unknown'),
  kind: words('deauthentication', 'disassociation'),
  /** `null` where it is encrypted and could not be opened. */
  code: nullable(t.number),
  hex: nullable(t.string),
  name: nullable(t.string),
  meaning: nullable(t.string),
  protected: t.boolean,
});
export type DisconnectJson = t.TypeOf<typeof DisconnectJson>;

/** How the station came over from another access point. */
export const RoamJson = t.strict({
  from: nullable(t.string),
  kind: words('reassociation', 'fastTransition'),
  keys: words('verified', 'refuted', 'unchecked', 'handshake'),
  ms: nullable(t.number),
});
export type RoamJson = t.TypeOf<typeof RoamJson>;

import * as t from 'io-ts';
import { Frames, nullable, words } from './parts.js';

const Mic = words('valid', 'invalid', 'unchecked');
const Likeness = words('identical', 'different', 'unknown');
const KeyHolder = words('given', 'other', 'unknown');

/** A replay counter; as text where it is too large for a number. */
const Counter = t.union([t.number, t.string]);

export const MismatchJson = t.strict({
  element: t.string,
  here: t.string,
  said: t.string,
  there: t.string,
  repeated: t.string,
  frame: t.number,
});

export const HandshakeJson = t.strict({
  m1: Frames,
  m2: Frames,
  m3: Frames,
  m4: Frames,
  /** The counter of each sighting, in the order of the frames. */
  replay: t.readonlyArray(Counter),
  complete: t.boolean,
  mic: t.strict({ m2: Mic, m3: Mic, m4: Mic }),
  shadow: t.strict({ m2: Likeness, m4: Likeness }),
  /** Where the station's frames are not the engine's, field by field. */
  differences: t.readonlyArray(t.string),
  rekey: t.boolean,
  /** Whose key a given credential makes: the station's by message 2, the access point's by message 3. */
  keys: t.strict({ station: KeyHolder, ap: KeyHolder }),
  pmkid: words('none', 'matches', 'differs', 'unchecked'),
  /** Message 1s with another nonce than the one the handshake went on with. */
  otherNonces: Frames,
});
export type HandshakeJson = t.TypeOf<typeof HandshakeJson>;

export const GroupHandshakeJson = t.strict({
  m1: Frames,
  m2: Frames,
  replay: t.readonlyArray(Counter),
  complete: t.boolean,
  mic: t.strict({ m1: Mic, m2: Mic }),
});
export type GroupHandshakeJson = t.TypeOf<typeof GroupHandshakeJson>;

/** A key: its hex if secrets are shown, and otherwise its fingerprint, which begins with `sha256:`. */
export const GroupKeyJson = t.strict({
  index: t.number,
  key: t.string,
  frame: t.number,
  via: words('message 3', 'group message 1', 'fast transition', 'wnm'),
});

export const KeysJson = t.strict({
  tk: t.readonlyArray(t.string),
  gtk: t.readonlyArray(GroupKeyJson),
  igtk: t.readonlyArray(GroupKeyJson),
  bigtk: t.readonlyArray(GroupKeyJson),
});
export type KeysJson = t.TypeOf<typeof KeysJson>;

export const SecurityJson = t.strict({
  proto: nullable(words('open', 'WEP', 'WPA', 'RSN')),
  akm: nullable(t.string),
  akmName: nullable(t.string),
  pairwise: nullable(t.string),
  group: nullable(t.string),
  groupManagement: nullable(t.string),
  pmf: nullable(words('none', 'capable', 'required')),
});
export type SecurityJson = t.TypeOf<typeof SecurityJson>;

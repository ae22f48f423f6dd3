import type { Secret } from '../../../../streams/events/index.js';
import type { Connection, GroupKeySeen } from '../../shadow/Connection.js';
import type { KeysJson } from '../codec/handshake.js';

/** How a key is shown: as it is, or by its fingerprint. */
export type KeyWriter = (key: Secret) => string;

type Purpose = GroupKeySeen['purpose'];

/** The pairwise keys and the group keys of a connection, each once. */
export const keysJson = ({ handshakes, groupKeys }: Connection, write: KeyWriter): KeysJson => {
  const tks = handshakes.flatMap(({ tk }) => (tk === undefined ? [] : [write(tk)]));
  const ofPurpose = (purpose: Purpose): KeysJson['gtk'] =>
    groupKeys
      .filter((seen) => seen.purpose === purpose)
      .map(({ index, key, frame, via }) => ({ index, key: write(key), frame, via }))
      .filter((one, at, all) => all.findIndex(({ index, key }) => index === one.index && key === one.key) === at);
  return { tk: [...new Set(tks)], gtk: ofPurpose('gtk'), igtk: ofPurpose('igtk'), bigtk: ofPurpose('bigtk') };
};

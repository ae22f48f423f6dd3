import type { EapolKey } from '../../../../streams/frames/index.js';
import { writeMessage4 } from '../../rsn/fourWay/message4.js';
import { compare, writerFor } from './comparison.js';
import { type GrowingHandshake, isUnderItsOwnKey, type Judgement, judge, type ProvenKeys } from './Growing.js';
import { placeMessage4 } from './place.js';
import { keepSighting } from './sightings.js';
import { candidatesOf, type Heard, type Watch } from './Watch.js';

/** The message 3 it answers, or what follows of it from the answer. */
const answered = ({ sightings: [, , third] }: GrowingHandshake, key: EapolKey): EapolKey =>
  third.findLast((each) => each.key.replayCounter === key.replayCounter)?.key ?? key;

const proveWith = (watch: Watch, handshake: GrowingHandshake, { frame }: Heard, keys: ProvenKeys): Judgement | undefined => {
  const { terms, deps } = watch;
  if (terms === undefined) return undefined;
  const { root } = keys.candidate;
  const writer = writerFor(deps.crypto, frame.key.version);
  const ours = writeMessage4(writer, terms.network, root.parameters, keys.ptk, answered(handshake, frame.key));
  return compare(deps.crypto, root, keys.ptk, frame, ours);
};

const allKeys = ({ keys, otherKeys }: GrowingHandshake): ReadonlyArray<ProvenKeys> =>
  keys === undefined ? [] : otherKeys.length === 0 ? [keys] : [keys, ...otherKeys];

const judgementOf = (watch: Watch, handshake: GrowingHandshake, heard: Heard): Judgement | undefined => {
  let last: Judgement | undefined;
  for (const keys of allKeys(handshake)) {
    last = proveWith(watch, handshake, heard, keys);
    if (last?.mic === 'valid') return last;
  }
  return last;
};

/** Message 4 (IEEE 802.11-2020 12.7.6.5): the station has the keys. */
export const takeMessage4 = (watch: Watch, heard: Heard): void => {
  const handshake = placeMessage4(watch, heard);
  const sighting = keepSighting(handshake.sightings, 3, heard);
  const judgement = judgementOf(watch, handshake, heard);
  if (judgement !== undefined) judge(sighting, judgement);
  if (judgement?.mic === 'invalid') {
    if (candidatesOf(watch).length > 0 && handshake.stationKey === 'unknown') handshake.stationKey = 'other';
    return;
  }
  if (judgement?.mic === 'valid') handshake.stationKey = 'given';
  // An access point that waits for the answer has not got the key yet that this one is under.
  if (!isUnderItsOwnKey(handshake, heard.under)) handshake.isComplete = true;
};

import { isLeft } from 'fp-ts/lib/Either.js';
import { dropped, type Fault } from '../../rsn/fault.js';
import { readGroupMessage1 } from '../../rsn/group/message1.js';
import { writeGroupMessage2 } from '../../rsn/group/message2.js';
import { type VerifiedFrame, verifyFrame } from '../../rsn/keyFrame.js';
import { compare, writerFor } from './comparison.js';
import { type GrowingGroup, hasCounter, judge, type ProvenKeys, type Sighting } from './Growing.js';
import { keepGroupKeys } from './groupKeys.js';
import { keepSighting, replayFault, twinOf } from './sightings.js';
import { type Heard, NONE, type Watch, withOne } from './Watch.js';

const STAGE = 'group message 1';

/** The pairwise keys there are, the latest first. */
const pairwiseKeys = ({ handshakes, transferred }: Watch): ReadonlyArray<ProvenKeys> => {
  const all: ProvenKeys[] = [];
  for (let i = handshakes.length - 1; i >= 0 && all.length < 3; i--) {
    const keys = handshakes[i]?.keys;
    if (keys !== undefined) all.push(keys);
  }
  return transferred.length === 0 ? all : [...all, ...transferred];
};

const newGroup = (watch: Watch): GrowingGroup => {
  const group: GrowingGroup = { sightings: [NONE, NONE], isComplete: false };
  watch.groups = withOne(watch.groups, group);
  return group;
};

const lastGroup = ({ groups }: Watch): GrowingGroup | undefined => groups.at(-1);

/** What is not answered is sent again, with the next counter. */
const placeMessage1 = (watch: Watch, heard: Heard): GrowingGroup => {
  const { replayCounter } = heard.frame.key;
  const known = watch.groups.findLast(({ sightings }) => hasCounter(sightings[0], replayCounter));
  if (known !== undefined) return known;
  const last = lastGroup(watch);
  return last === undefined || last.isComplete ? newGroup(watch) : last;
};

const prove = (watch: Watch, { frame }: Heard): { readonly keys: ProvenKeys; readonly proof: VerifiedFrame } | undefined => {
  for (const keys of pairwiseKeys(watch)) {
    const proof = verifyFrame(watch.deps.crypto, keys.candidate.root.parameters, keys.ptk, frame);
    if (proof !== undefined) return { keys, proof };
  }
  return undefined;
};

const keysIn = (watch: Watch, keys: ProvenKeys, proof: VerifiedFrame, { seen }: Sighting): ReadonlyArray<Fault> => {
  if (watch.terms === undefined) return [];
  const { parameters } = keys.candidate.root;
  const downloads = readGroupMessage1(watch.deps.crypto, watch.terms.network, parameters, keys.ptk, proof);
  if (isLeft(downloads)) return [downloads.left];
  keepGroupKeys(watch, downloads.right, seen, STAGE);
  return [];
};

/** Group message 1 (IEEE 802.11-2020 12.7.7.2). */
export const takeGroupMessage1 = (watch: Watch, heard: Heard): void => {
  const group = placeMessage1(watch, heard);
  const { replayCounter } = heard.frame.key;
  const replay = replayFault(watch, STAGE, replayCounter, twinOf(group.sightings[0], heard));
  const sighting = keepSighting(group.sightings, 0, heard);
  const found = prove(watch, heard);
  if (found !== undefined) {
    sighting.seen.mic = 'valid';
    if (replayCounter > watch.counter) watch.counter = replayCounter;
    sighting.seen.faults = keysIn(watch, found.keys, found.proof, sighting);
  } else if (pairwiseKeys(watch).length > 0) {
    sighting.seen.mic = 'invalid';
    sighting.seen.faults = [dropped('MIC', STAGE, 'its MIC is not made with a pairwise key there is')];
  }
  if (replay !== undefined) sighting.seen.faults = [...sighting.seen.faults, replay];
};

/** Group message 2 (12.7.7.3). */
export const takeGroupMessage2 = (watch: Watch, heard: Heard): void => {
  const { frame } = heard;
  const { key } = frame;
  const group =
    watch.groups.findLast(({ sightings }) => hasCounter(sightings[0], key.replayCounter)) ?? lastGroup(watch) ?? newGroup(watch);
  const sighting = keepSighting(group.sightings, 1, heard);
  const message1 = group.sightings[0].findLast((each) => each.key.replayCounter === key.replayCounter)?.key ?? key;
  for (const { candidate, ptk } of pairwiseKeys(watch)) {
    if (watch.terms === undefined) break;
    const { root } = candidate;
    const writer = writerFor(watch.deps.crypto, key.version);
    const ours = writeGroupMessage2(writer, watch.terms.network, root.parameters, ptk, message1);
    judge(sighting, compare(watch.deps.crypto, root, ptk, frame, ours));
    if (sighting.seen.mic === 'valid') break;
  }
  if (sighting.seen.mic !== 'invalid') group.isComplete = true;
};

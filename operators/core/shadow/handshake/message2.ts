import { isLeft } from 'fp-ts/lib/Either.js';
import { copyBytes } from '../../../../streams/events/index.js';
import type { EapolKey } from '../../../../streams/frames/index.js';
import { readKeyData } from '../../../../streams/frames/index.js';
import { writeMessage2 } from '../../rsn/fourWay/message2.js';
import type { KeyFrame } from '../../rsn/keyFrame.js';
import type { Association } from '../../rsn/rootKey.js';
import { compare, writerFor } from './comparison.js';
import { type GrowingHandshake, type Judgement, judge, type ProvenKeys, type Sighting, type Unproven } from './Growing.js';
import { learnTerms } from './lifecycle.js';
import { nameLate } from './message1.js';
import { mismatchesOfMessage2 } from './mismatches.js';
import { placeMessage2 } from './place.js';
import { type Found, findKeys, goOnWith, keepBeside, noncesOf } from './proofs.js';
import { keepSighting } from './sightings.js';
import type { Heard, Watch } from './Watch.js';

/** The message 1 an answer was written to; where it was not captured, what follows of it from the answer. */
const answered = ({ sightings: [first] }: GrowingHandshake, key: EapolKey, anonce: Uint8Array): EapolKey =>
  first.findLast((each) => each.key.replayCounter === key.replayCounter)?.key ?? { ...key, nonce: anonce };

const written = (
  watch: Watch,
  handshake: GrowingHandshake,
  { key }: KeyFrame,
  { ptk, anonce, snonce }: ProvenKeys,
  association: Association,
): Uint8Array => {
  const writer = writerFor(watch.deps.crypto, key.version);
  return writeMessage2(writer, association, { ptk, snonce }, answered(handshake, key, anonce), handshake.isRekey);
};

/** Holds a message 2 against what the engine writes with the keys of these nonces. */
const proveWith = (
  watch: Watch,
  handshake: GrowingHandshake,
  frame: KeyFrame,
  anonces: ReadonlyArray<Uint8Array>,
): Found<Judgement> | undefined =>
  findKeys({
    watch,
    handshake,
    anonces,
    snonces: [frame.key.nonce],
    prove: (keys, association) => {
      const ours = written(watch, handshake, frame, keys, association);
      const judgement = compare(watch.deps.crypto, association.root, keys.ptk, frame, ours);
      return judgement.mic === 'valid' ? judgement : undefined;
    },
  });

const MOST_UNPROVEN = 8;

const accept = (handshake: GrowingHandshake, sighting: Sighting, keys: ProvenKeys, judgement: Judgement): void => {
  judge(sighting, judgement);
  handshake.stationKey = 'given';
  if (handshake.sightings[2].length === 0) goOnWith(handshake, keys);
  else keepBeside(handshake, keys);
};

/**
 * A message 2 whose MIC is wrong is proof of another key only where the message 1 it answers is known; and even then that one
 * may have been forged, until message 3 tells.
 */
const refuse = (watch: Watch, handshake: GrowingHandshake, frame: KeyFrame, sighting: Sighting): void => {
  if (handshake.unproven.length < MOST_UNPROVEN)
    handshake.unproven = [...handshake.unproven, { packet: copyBytes(frame.packet), sighting }];
  const [first] = handshake.sightings;
  const isAnswer = first.some(({ key }) => key.replayCounter === frame.key.replayCounter);
  const hasKeys = watch.learnt.length + (watch.terms?.candidates.length ?? 0) > 0;
  if (!isAnswer || !hasKeys) return;
  sighting.seen.mic = 'invalid';
  if (handshake.stationKey === 'unknown') handshake.stationKey = 'other';
};

const proveMessage2 = (watch: Watch, handshake: GrowingHandshake, frame: KeyFrame, sighting: Sighting): void => {
  const [first, , third] = handshake.sightings;
  const isAnswered = ({ key }: Sighting): boolean => key.replayCounter === frame.key.replayCounter;
  const likely = noncesOf(first, isAnswered);
  const found =
    proveWith(watch, handshake, frame, likely) ??
    proveWith(
      watch,
      handshake,
      frame,
      noncesOf([...first, ...third], (each) => !isAnswered(each)),
    );
  if (found === undefined) refuse(watch, handshake, frame, sighting);
  else accept(handshake, sighting, found.keys, found.proof);
};

/** The channel a station says it is on, where that is validated: nothing else in a capture tells. */
const hearChannel = (watch: Watch, { key }: KeyFrame): void => {
  const { terms } = watch;
  if (terms?.network.channel === undefined) return;
  const items = readKeyData(key.keyData);
  const item = isLeft(items) ? undefined : items.right.find(({ kind }) => kind === 'operatingChannel');
  if (item?.kind !== 'operatingChannel') return;
  const { operatingClass, primaryChannel, frequencySegment1 } = item;
  const channel = { operatingClass, primaryChannel, frequencySegment1 };
  watch.terms = { ...terms, network: { ...terms.network, channel } };
};

/** Message 2 (12.7.6.3): what the station says, held against what the engine would say in its place. */
export const takeMessage2 = (watch: Watch, heard: Heard): void => {
  const { frame } = heard;
  const handshake = placeMessage2(watch, heard);
  const sighting = keepSighting(handshake.sightings, 1, heard);
  if (watch.terms === undefined) {
    learnTerms(watch, frame.key.keyData);
    nameLate(watch, handshake);
  } else if (watch.terms.isOfAssociation) {
    keepMismatches(watch, handshake, frame, sighting);
  }
  hearChannel(watch, frame);
  proveMessage2(watch, handshake, frame, sighting);
};

const keepMismatches = (watch: Watch, handshake: GrowingHandshake, { key }: KeyFrame, { seen }: Sighting): void => {
  if (watch.terms === undefined || seen.isRepetition || handshake.mismatches.length > 0) return;
  handshake.mismatches = mismatchesOfMessage2(watch.terms.network, key.keyData, seen);
};

/** Message 3 brought a nonce: it may be the one that message 2s answered whose message 1 was not heard. */
export const proveLate = (watch: Watch, handshake: GrowingHandshake, anonce: Uint8Array): void => {
  const left: Unproven[] = [];
  for (const each of handshake.unproven) {
    const frame: KeyFrame = { packet: each.packet, key: each.sighting.key };
    const found = proveWith(watch, handshake, frame, [anonce]);
    if (found === undefined) left.push(each);
    else accept(handshake, each.sighting, found.keys, found.proof);
  }
  handshake.unproven = left;
};

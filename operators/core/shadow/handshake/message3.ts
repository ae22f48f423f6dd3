import { isLeft } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../../../streams/events/index.js';
import { dropped, type Fault } from '../../rsn/fault.js';
import { readMessage3 } from '../../rsn/fourWay/message3.js';
import type { KeyFrame } from '../../rsn/keyFrame.js';
import { openKeyData, readItems, type VerifiedFrame, verifyFrame } from '../../rsn/keyFrame.js';
import { wipeItems } from '../../rsn/wipe.js';
import { type GrowingHandshake, isUnderItsOwnKey, type Sighting } from './Growing.js';
import { keepGroupKeys } from './groupKeys.js';
import { proveLate } from './message2.js';
import { mismatchesOfMessage3 } from './mismatches.js';
import { placeMessage3 } from './place.js';
import { type Found, findKeys, goOnWith, noncesOf } from './proofs.js';
import { keepSighting, replayFault, twinOf } from './sightings.js';
import { candidatesOf, type Heard, type Watch } from './Watch.js';

/** Under the keys a message 2 proved, or else those of its own nonce and each that the station sent. */
const prove = (watch: Watch, handshake: GrowingHandshake, frame: KeyFrame): Found<VerifiedFrame> | undefined => {
  const { crypto } = watch.deps;
  const { keys, sightings } = handshake;
  if (keys !== undefined && equalBytes(keys.anonce, frame.key.nonce)) {
    const proof = verifyFrame(crypto, keys.candidate.root.parameters, keys.ptk, frame);
    if (proof !== undefined) return { keys, proof };
  }
  return findKeys({
    watch,
    handshake,
    anonces: [frame.key.nonce],
    snonces: noncesOf(sightings[1], () => true),
    prove: ({ ptk }, { root }) => verifyFrame(crypto, root.parameters, ptk, frame),
  });
};

/** What the engine has against the elements it repeats, once more with the octets. */
const keepMismatches = (
  watch: Watch,
  handshake: GrowingHandshake,
  { keys, proof }: Found<VerifiedFrame>,
  { seen }: Sighting,
): void => {
  if (watch.terms === undefined || handshake.mismatches.some(({ there }) => there === 'message 3')) return;
  const { network } = watch.terms;
  const { parameters } = keys.candidate.root;
  const isPlain = network.akm.protocol === 'wpa';
  const plain = isPlain ? undefined : openKeyData(watch.deps.crypto, parameters, keys.ptk, proof, 'message 3');
  if (plain !== undefined && isLeft(plain)) return;
  const items = readItems(plain?.right ?? proof.key.keyData, 'message 3');
  plain?.right.fill(0);
  if (isLeft(items)) return;
  handshake.mismatches = [...handshake.mismatches, ...mismatchesOfMessage3(network, items.right, seen)];
  wipeItems(items.right);
};

const OF_ELEMENTS: ReadonlySet<Fault['code']> = new Set(['RSNE', 'RSNXE', 'DOWNGRADE']);

const readProven = (
  watch: Watch,
  handshake: GrowingHandshake,
  found: Found<VerifiedFrame>,
  sighting: Sighting,
): ReadonlyArray<Fault> => {
  if (watch.terms === undefined) return [];
  const { keys, proof } = found;
  const { crypto } = watch.deps;
  const message = readMessage3(crypto, watch.terms.network, keys.candidate.root, keys.ptk, proof);
  if (isLeft(message)) {
    if (OF_ELEMENTS.has(message.left.code)) keepMismatches(watch, handshake, found, sighting);
    return [message.left];
  }
  const { groupKeys, keyId } = message.right;
  keepGroupKeys(watch, groupKeys, sighting.seen, 'message 3');
  if (keyId !== undefined) handshake.keyId = keyId;
  return [];
};

const accept = (watch: Watch, handshake: GrowingHandshake, found: Found<VerifiedFrame>, sighting: Sighting): void => {
  const { key, seen } = sighting;
  seen.mic = 'valid';
  handshake.apKey = 'given';
  if (handshake.stationKey === 'unknown') handshake.stationKey = 'given';
  goOnWith(handshake, found.keys);
  if (handshake.unproven.length > 0) proveLate(watch, handshake, key.nonce);
  // A counter that the access point itself proved to have used cannot come again.
  const replay = seen.isRepetition && key.replayCounter <= watch.counter;
  if (key.replayCounter > watch.counter) watch.counter = key.replayCounter;
  if (!replay) seen.faults = readProven(watch, handshake, found, sighting);
};

const refuse = (watch: Watch, handshake: GrowingHandshake, sighting: Sighting): void => {
  const [, second] = handshake.sightings;
  if (second.length === 0 || candidatesOf(watch).length === 0) return;
  const { seen } = sighting;
  seen.mic = 'invalid';
  seen.faults = [dropped('MIC', 'message 3', 'its MIC is not made with the keys of its nonce')];
  if (handshake.apKey === 'unknown') handshake.apKey = 'other';
};

/** An access point that says it again in the clear did not get the answer. */
const isUnanswered = (handshake: GrowingHandshake, { under }: Heard): boolean =>
  handshake.sightings[2].length > 1 && !handshake.isConfirmed && !isUnderItsOwnKey(handshake, under);

/** Message 3 (IEEE 802.11-2020 12.7.6.4): the access point took message 2. */
export const takeMessage3 = (watch: Watch, heard: Heard): void => {
  const { frame } = heard;
  const handshake = placeMessage3(watch, heard);
  const twin = twinOf(handshake.sightings[2], heard);
  const replay = replayFault(watch, 'message 3', frame.key.replayCounter, twin);
  const sighting = keepSighting(handshake.sightings, 2, heard);
  const found = prove(watch, handshake, frame);
  if (found === undefined) refuse(watch, handshake, sighting);
  else accept(watch, handshake, found, sighting);
  if (replay !== undefined) sighting.seen.faults = [...sighting.seen.faults, replay];
  else if (twin === undefined && isUnanswered(handshake, heard)) handshake.isComplete = false;
};

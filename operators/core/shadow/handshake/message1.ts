import { isLeft } from 'fp-ts/lib/Either.js';
import { equalBytes, isZero } from '../../../../streams/events/index.js';
import { readKeyData } from '../../../../streams/frames/index.js';
import { checkMessage1 } from '../../rsn/fourWay/message1.js';
import { type KeyFrame, verifyFrame } from '../../rsn/keyFrame.js';
import { pmkid } from '../../rsn/keys/pmkid.js';
import type { GrowingHandshake } from './Growing.js';
import { placeMessage1 } from './place.js';
import { keepSighting } from './sightings.js';
import { addressesOf } from './terms.js';
import { candidatesOf, type Heard, stray, type Watch } from './Watch.js';

/** The name message 1 gives the PMK. Some fill the field with zeros. */
const pmkidIn = ({ key }: KeyFrame): Uint8Array | undefined => {
  if (key.keyData.length === 0) return undefined;
  const items = readKeyData(key.keyData);
  if (isLeft(items)) return undefined;
  const item = items.right.find(({ kind }) => kind === 'pmkid');
  return item?.kind === 'pmkid' && !isZero(item.pmkid) ? item.pmkid : undefined;
};

/** Whether a key that is known makes that name; `undefined` where the name does not follow from the PMK alone. */
const isNamed = (watch: Watch, name: Uint8Array): boolean | undefined => {
  const { terms, deps, context } = watch;
  if (terms === undefined) return undefined;
  const { akm } = terms.network;
  const addresses = addressesOf(terms.network, context.station);
  let answer: boolean | undefined;
  for (const { source, root } of candidatesOf(watch)) {
    const ours = akm.fastTransition
      ? root.hierarchy?.pmkR1Name
      : pmkid(deps.crypto, akm, { pmk: source.pmk.reveal(), addresses });
    if (ours === undefined) continue;
    if (equalBytes(ours, name)) return true;
    answer = false;
  }
  return answer;
};

/** Of a message 1 whose terms were not known when it came. */
export const nameLate = (watch: Watch, handshake: GrowingHandshake): void => {
  if (handshake.pmkid !== undefined && handshake.pmkidMatches === undefined)
    handshake.pmkidMatches = isNamed(watch, handshake.pmkid);
};

/** Some access points protect the message 1 of a rekey, by the keys there are. */
const checkMic = (watch: Watch, frame: KeyFrame): 'valid' | 'invalid' | 'unchecked' | 'none' => {
  if (!frame.key.information.mic) return 'none';
  const before = watch.handshakes.findLast(({ keys }) => keys !== undefined)?.keys;
  if (before === undefined) return 'unchecked';
  return verifyFrame(watch.deps.crypto, before.candidate.root.parameters, before.ptk, frame) === undefined ? 'invalid' : 'valid';
};

/** Message 1 (IEEE 802.11-2020 12.7.6.2): nobody vouches for it, so it is believed when it was answered and went on. */
export const takeMessage1 = (watch: Watch, heard: Heard): void => {
  const { frame, mark } = heard;
  const fault = watch.terms && checkMessage1(watch.terms.network, frame);
  if (fault !== undefined) {
    stray(watch, mark, 'ap', fault);
    return;
  }
  const handshake = placeMessage1(watch, heard);
  const { seen } = keepSighting(handshake.sightings, 0, heard);
  seen.mic = checkMic(watch, frame);
  if (handshake.pmkid !== undefined) return;
  handshake.pmkid = pmkidIn(frame);
  nameLate(watch, handshake);
};

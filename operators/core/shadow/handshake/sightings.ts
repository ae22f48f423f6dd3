import { equalBytes } from '../../../../streams/events/index.js';
import { type EapolKey, writeKeyInformation } from '../../../../streams/frames/index.js';
import { dropped, type Fault, type Stage } from '../../rsn/fault.js';
import { newSighting, type Sighting } from './Growing.js';
import { type Heard, type Watch, withOne } from './Watch.js';

const sameFlags = (a: EapolKey, b: EapolKey): boolean =>
  writeKeyInformation(a.information) === writeKeyInformation(b.information);

/** Key data that is encrypted need not be the same octets when it says the same again. */
const saysTheSame = (a: EapolKey, b: EapolKey): boolean =>
  equalBytes(a.nonce, b.nonce) &&
  sameFlags(a, b) &&
  (a.information.encrypted ? a.keyData.length === b.keyData.length : equalBytes(a.keyData, b.keyData));

const repeatsAny = (sightings: ReadonlyArray<Sighting>, key: EapolKey): boolean => {
  for (const before of sightings) if (before.key.replayCounter <= key.replayCounter && saysTheSame(before.key, key)) return true;
  return false;
};

/** Adds a sighting to those of the same message. */
export const keepSighting = (
  of: Array<ReadonlyArray<Sighting>>,
  message: number,
  { frame, mark, isProtected }: Heard,
): Sighting => {
  const sighting = newSighting(frame.key, mark, isProtected);
  const before = of[message] ?? [];
  if (before.length > 0) sighting.seen.isRepetition = repeatsAny(before, frame.key);
  of[message] = withOne(before, sighting);
  return sighting;
};

/** A frame that nobody acknowledged is sent again at once, and several radios hear it at the same time. */
const AT_ONCE_MICROSECONDS = 1_000_000;

const isSameFrame = (a: EapolKey, b: EapolKey): boolean =>
  a.replayCounter === b.replayCounter && equalBytes(a.nonce, b.nonce) && equalBytes(a.mic, b.mic);

/** The same frame, if it was just heard. */
export const twinOf = (sightings: ReadonlyArray<Sighting>, { frame, mark }: Heard): Sighting | undefined => {
  for (const sighting of sightings)
    if (mark.time - sighting.seen.time < AT_ONCE_MICROSECONDS && isSameFrame(sighting.key, frame.key)) return sighting;
  return undefined;
};

/** What the station says of a counter that is not above the last one. What is heard twice is as it was the first time. */
export const replayFault = (
  { counter: seen }: Watch,
  stage: Stage,
  counter: bigint,
  twin: Sighting | undefined,
): Fault | undefined => {
  if (twin !== undefined) return twin.seen.faults.find(({ code }) => code === 'REPLAYED');
  return counter > seen ? undefined : dropped('REPLAYED', stage, `its replay counter ${counter} is not above ${seen}`);
};

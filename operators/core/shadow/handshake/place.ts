import type { EapolKey } from '../../../../streams/frames/index.js';
import { type GrowingHandshake, hasCounter, hasNonce, isAnonceOf, isPast2, newHandshake, zeroiseHandshake } from './Growing.js';
import { type Heard, leaving, type Watch, withOne } from './Watch.js';

/** Somebody waited that long for an answer that does not come: what follows is another attempt. */
const STALE_MICROSECONDS = 10_000_000;

const latestOf = ({ handshakes }: Watch): GrowingHandshake | undefined => handshakes.at(-1);

/** There is a pairwise key, so that another handshake renews it. */
export const isEstablished = ({ handshakes, transferred }: Watch): boolean =>
  transferred.length > 0 || handshakes.some(({ isComplete }) => isComplete);

/** A handshake that is protected renews keys; one in the clear begins anew, whatever came before. */
const isRekey = (watch: Watch, { frame, isProtected }: Heard): boolean =>
  isEstablished(watch) && (isProtected || watch.context.medium !== 'air' || frame.key.information.secure);

const admit = (watch: Watch, handshake: GrowingHandshake): GrowingHandshake => {
  const left = leaving(watch.handshakes);
  watch.handshakes = withOne(watch.handshakes, handshake);
  if (left !== undefined) zeroiseHandshake(left);
  if (watch.unanswered === handshake) watch.unanswered = undefined;
  return handshake;
};

const begin = (watch: Watch, heard: Heard): GrowingHandshake => admit(watch, newHandshake(isRekey(watch, heard)));

const lastTimeOf = ({ sightings }: GrowingHandshake): number => Math.max(...sightings.map((list) => list.at(-1)?.seen.time ?? 0));

const isStale = (handshake: GrowingHandshake, { mark }: Heard): boolean =>
  mark.time - lastTimeOf(handshake) > STALE_MICROSECONDS && handshake.sightings[1].length > 0;

/** A message 1 of a handshake that has not come far belongs to it, whatever its nonce: anybody can send one. */
export const placeMessage1 = (watch: Watch, heard: Heard): GrowingHandshake => {
  const latest = latestOf(watch);
  const { nonce } = heard.frame.key;
  if (latest === undefined) return begin(watch, heard);
  if (isAnonceOf(latest, nonce)) return latest;
  if (!isPast2(latest) && !isStale(latest, heard)) return latest;
  watch.unanswered ??= newHandshake(isRekey(watch, heard));
  return watch.unanswered;
};

const answers = ({ sightings: [first] }: GrowingHandshake, { replayCounter }: EapolKey): boolean =>
  hasCounter(first, replayCounter);

/** By the counter it repeats; another nonce after message 3 answers a message 1 that was not captured. */
export const placeMessage2 = (watch: Watch, heard: Heard): GrowingHandshake => {
  const { unanswered } = watch;
  const latest = latestOf(watch);
  const { key } = heard.frame;
  const isNew = latest === undefined || !hasNonce(latest.sightings[1], key.nonce);
  if (unanswered !== undefined && isNew && (answers(unanswered, key) || (latest !== undefined && !answers(latest, key))))
    return admit(watch, unanswered);
  if (latest === undefined || (isPast2(latest) && isNew && !answers(latest, key))) return begin(watch, heard);
  return latest;
};

/**
 * A message 3 that was said again since message 4 did not arrive, of a handshake of which nothing else of the access point's was
 * captured: its next counter cannot be that of another handshake's message 3.
 */
const isRepeated = ({ sightings: [first, , third, fourth] }: GrowingHandshake, { replayCounter }: EapolKey): boolean =>
  first.length === 0 && third.length === 0 && fourth.at(-1)?.key.replayCounter === replayCounter - 1n;

/** By its nonce, which is that of message 1. */
export const placeMessage3 = (watch: Watch, heard: Heard): GrowingHandshake => {
  const { unanswered, handshakes } = watch;
  const { nonce } = heard.frame.key;
  if (unanswered !== undefined && isAnonceOf(unanswered, nonce)) return admit(watch, unanswered);
  const known = handshakes.findLast((each) => isAnonceOf(each, nonce));
  if (known !== undefined) return known;
  const latest = latestOf(watch);
  if (latest !== undefined && isRepeated(latest, heard.frame.key)) return latest;
  return latest === undefined || isPast2(latest) ? begin(watch, heard) : latest;
};

/** By the counter it repeats. */
export const placeMessage4 = (watch: Watch, heard: Heard): GrowingHandshake => {
  const { handshakes } = watch;
  const { replayCounter } = heard.frame.key;
  return (
    handshakes.findLast(({ sightings }) => hasCounter(sightings[2], replayCounter)) ?? latestOf(watch) ?? begin(watch, heard)
  );
};
